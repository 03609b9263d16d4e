// MetaSpread's rules for the primary site on their lattice, to measure what single rules do (docs/model/metaspread.md):
//   ninja -C build/release metaspread_lattice && build/release/bin/metaspread_lattice SEED STEPS [free]
// Prints mesenchymal and epithelial cells, the radius within which half of the matrix is lost [um], the largest MMP-2,
// and entries into vessels: events, cells. With `free`, cells may jump to full points.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace
{
constexpr int edge = 201;
constexpr int capacity = 4;
constexpr double per_point = 1e-3 / (5e-3 * 5e-3); // time step over the square of the space step

int at(int x, int y) { return y * edge + x; }

struct Cell {
    int x = 0;
    int y = 0;
    bool mesenchymal = false;
};

class Lattice
{
public:
    Lattice(unsigned seed, bool free)
        : free_(free),
          random_(seed),
          count_(edge * edge),
          matrix_(edge * edge, 1.0),
          mmp_(edge * edge)
    {
        std::vector<std::array<int, 3>> points;
        for (int y = 0; y < edge; ++y) {
            for (int x = 0; x < edge; ++x) {
                points.push_back({(x - 100) * (x - 100) + (y - 100) * (y - 100), x, y});
            }
        }
        std::sort(points.begin(), points.end());
        for (int n = 0; n < 388; ++n) {
            cells_.push_back(
                {points[static_cast<std::size_t>(n / 4)][1], points[static_cast<std::size_t>(n / 4)][2], false});
        }
        std::shuffle(cells_.begin(), cells_.end(), random_);
        for (std::size_t n = 0; n < cells_.size(); ++n) {
            cells_[n].mesenchymal = n < 233;
            add(cells_[n], 1);
        }
        vessel_.assign(edge * edge, 0);
        for (int n = 0; n < 10;) { // 8 normal, then 2 ruptured
            const auto& point = points[200 + random_() % (points.size() - 200)];
            int& kind = vessel_[static_cast<std::size_t>(at(point[1], point[2]))];
            if (kind == 0) {
                kind = n < 8 ? 1 : 2;
                ++n;
            }
        }
    }

    void step(int number)
    {
        advance_fields();
        for (const bool mesenchymal : {true, false}) {
            if (number > 0 && number % (mesenchymal ? 2000 : 3000) == 0) {
                divide(mesenchymal);
            }
        }
        std::shuffle(cells_.begin(), cells_.end(), random_);
        for (std::size_t n = 0; n < cells_.size(); ++n) {
            if (cells_[n].x >= 0) {
                move(n);
            }
        }
        std::erase_if(cells_, [](const Cell& cell) { return cell.x < 0; });
    }

    void print() const
    {
        const auto mesenchymal =
            std::count_if(cells_.begin(), cells_.end(), [](const Cell& c) { return c.mesenchymal; });
        std::printf("%ld %ld %.1f %.3f %d %d\n", static_cast<long>(mesenchymal),
                    static_cast<long>(cells_.size()) - static_cast<long>(mesenchymal), half_radius_um(),
                    *std::max_element(mmp_.begin(), mmp_.end()), events_, entered_);
    }

private:
    void add(const Cell& cell, int sign)
    {
        count_[static_cast<std::size_t>(at(cell.x, cell.y))][cell.mesenchymal ? 1 : 0] += sign;
    }
    int cells_at(int point) const
    {
        return count_[static_cast<std::size_t>(point)][0] + count_[static_cast<std::size_t>(point)][1];
    }

    void advance_fields()
    {
        std::vector<double> next(mmp_);
        for (int y = 0; y < edge; ++y) {
            for (int x = 0; x < edge; ++x) {
                const double here = mmp_[static_cast<std::size_t>(at(x, y))];
                double flux = 0.0;
                for (const auto [dx, dy] : {std::array{1, 0}, std::array{-1, 0}, std::array{0, 1}, std::array{0, -1}}) {
                    if (x + dx >= 0 && x + dx < edge && y + dy >= 0 && y + dy < edge) {
                        flux += mmp_[static_cast<std::size_t>(at(x + dx, y + dy))] - here;
                    }
                }
                const int producers = count_[static_cast<std::size_t>(at(x, y))][1];
                next[static_cast<std::size_t>(at(x, y))] =
                    here + 1e-3 * per_point * flux + 1e-3 * (0.195 * producers - 0.1 * here);
            }
        }
        mmp_ = std::move(next);
        for (std::size_t p = 0; p < matrix_.size(); ++p) {
            matrix_[p] = std::max(0.0, matrix_[p] * (1.0 - 1e-3 * (count_[p][1] + mmp_[p])));
        }
    }

    void divide(bool mesenchymal)
    {
        const std::size_t before = cells_.size();
        for (std::size_t n = 0; n < before; ++n) {
            const Cell mother = cells_[n];
            if (mother.mesenchymal == mesenchymal && cells_at(at(mother.x, mother.y)) < capacity) {
                cells_.push_back(mother);
                add(mother, 1);
            }
        }
    }

    void move(std::size_t n)
    {
        Cell& cell = cells_[n];
        const double d = cell.mesenchymal ? 1e-4 : 5e-5;
        const auto slope = [&](int dx, int dy) {
            const bool inside = cell.x - dx >= 0 && cell.x + dx < edge && cell.y - dy >= 0 && cell.y + dy < edge;
            return inside ? 0.25 * 5e-4 *
                                (matrix_[static_cast<std::size_t>(at(cell.x + dx, cell.y + dy))] -
                                 matrix_[static_cast<std::size_t>(at(cell.x - dx, cell.y - dy))])
                          : 0.0;
        };
        const double sx = slope(1, 0);
        const double sy = slope(0, 1);
        double u = std::uniform_real_distribution<double>()(random_);
        Cell to = cell;
        for (const auto& [dx, dy, p] : {std::tuple{1, 0, d + sx}, std::tuple{-1, 0, d - sx}, std::tuple{0, 1, d + sy},
                                        std::tuple{0, -1, d - sy}}) {
            const bool inside = cell.x + dx >= 0 && cell.x + dx < edge && cell.y + dy >= 0 && cell.y + dy < edge;
            const double probability = inside ? per_point * p : 0.0;
            if (u < probability) {
                to.x += dx;
                to.y += dy;
                break;
            }
            u -= probability;
        }
        const int kind = vessel_[static_cast<std::size_t>(at(to.x, to.y))];
        if (kind == 2 || (kind == 1 && cell.mesenchymal)) {
            enter(to.x, to.y);
        } else if (free_ || cells_at(at(to.x, to.y)) < capacity) {
            add(cell, -1);
            cell = to;
            add(cell, 1);
        }
    }

    /// The cells of a point and its four neighbours leave.
    void enter(int x, int y)
    {
        ++events_;
        for (Cell& cell : cells_) {
            if (cell.x >= 0 && std::abs(cell.x - x) + std::abs(cell.y - y) <= 1) {
                add(cell, -1);
                cell.x = -1000;
                ++entered_;
            }
        }
    }

    double half_radius_um() const
    {
        std::vector<double> sum(150);
        std::vector<double> points(150);
        for (int y = 0; y < edge; ++y) {
            for (int x = 0; x < edge; ++x) {
                const auto ring = static_cast<std::size_t>(std::lrint(std::hypot(x - 100, y - 100)));
                sum[ring] += matrix_[static_cast<std::size_t>(at(x, y))];
                points[ring] += 1.0;
            }
        }
        for (std::size_t r = 99; r > 0; --r) {
            const double here = sum[r] / points[r];
            if (here < 0.5) {
                return 10.0 * (static_cast<double>(r) + (0.5 - here) / (sum[r + 1] / points[r + 1] - here));
            }
        }
        return 0.0;
    }

    bool free_;
    std::mt19937 random_;
    std::vector<Cell> cells_;
    std::vector<std::array<int, 2>> count_; ///< epithelial, mesenchymal
    std::vector<double> matrix_;
    std::vector<double> mmp_;
    std::vector<int> vessel_;
    int events_ = 0;
    int entered_ = 0;
};
} // namespace

int main(int count, char** words)
{
    if (count < 3) {
        std::fputs("usage: metaspread_lattice SEED STEPS [free]\n", stderr);
        return 1;
    }
    const std::string word = count > 3 ? words[3] : "";
    Lattice lattice(static_cast<unsigned>(std::atoi(words[1])), word == "free");
    for (int number = 0; number < std::atoi(words[2]); ++number) {
        lattice.step(number);
    }
    lattice.print();
}
