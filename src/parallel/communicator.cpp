#include "paget/parallel/communicator.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <sched.h>

namespace paget::parallel
{
namespace
{
template <class T>
void reduce(std::span<T> values, MPI_Datatype type, MPI_Op operation, MPI_Comm comm)
{
    check(MPI_Allreduce(MPI_IN_PLACE, values.data(), count_of(values.size()), type, operation, comm));
}

template <class T>
T reduce_one(T value, MPI_Datatype type, MPI_Op operation, MPI_Comm comm)
{
    reduce(std::span(&value, 1), type, operation, comm);
    return value;
}
} // namespace

void check(int code, std::source_location where)
{
    if (code == MPI_SUCCESS) {
        return;
    }
    std::array<char, MPI_MAX_ERROR_STRING> text{};
    int length = 0;
    MPI_Error_string(code, text.data(), &length);
    throw BugError(fmt::format("MPI call failed: {} ({}:{})",
                               std::string(text.data(), static_cast<std::size_t>(length)), where.file_name(),
                               where.line()));
}

int count_of(std::size_t elements)
{
    ensure(elements <= static_cast<std::size_t>(std::numeric_limits<int>::max()),
           "a message exceeds MPI's count of 2^31-1");
    return static_cast<int>(elements);
}

std::vector<int> detail::displacements(const std::vector<int>& counts)
{
    std::vector<int> starts(counts.size());
    std::size_t sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        starts[i] = count_of(sum);
        sum += static_cast<std::size_t>(counts[i]);
    }
    count_of(sum);
    return starts;
}

Communicator::Communicator(MPI_Comm handle, bool owned) : handle_(handle), owned_(owned)
{
    check(MPI_Comm_rank(handle, &rank_));
    check(MPI_Comm_size(handle, &size_));
    check(MPI_Comm_set_errhandler(handle, MPI_ERRORS_RETURN));
}

Communicator Communicator::world() { return {MPI_COMM_WORLD, false}; }

Communicator Communicator::self()
{
    MPI_Comm copy = MPI_COMM_NULL;
    check(MPI_Comm_dup(MPI_COMM_SELF, &copy));
    return {copy, true};
}

Communicator::Communicator(Communicator&& other) noexcept
    : handle_(std::exchange(other.handle_, MPI_COMM_NULL)),
      rank_(other.rank_),
      size_(other.size_),
      owned_(std::exchange(other.owned_, false))
{
}

Communicator& Communicator::operator=(Communicator&& other) noexcept
{
    std::swap(handle_, other.handle_);
    std::swap(rank_, other.rank_);
    std::swap(size_, other.size_);
    std::swap(owned_, other.owned_);
    return *this;
}

Communicator::~Communicator()
{
    int finalised = 0;
    MPI_Finalized(&finalised);
    // Freeing is collective: while an exception unwinds the others may never come.
    if (owned_ && handle_ != MPI_COMM_NULL && finalised == 0 && std::uncaught_exceptions() == 0) {
        MPI_Comm_free(&handle_);
    }
}

Communicator Communicator::create_group(const std::vector<int>& ranks, int tag) const
{
    MPI_Group all = MPI_GROUP_NULL;
    MPI_Group chosen = MPI_GROUP_NULL;
    MPI_Comm created = MPI_COMM_NULL;
    check(MPI_Comm_group(handle_, &all));
    check(MPI_Group_incl(all, count_of(ranks.size()), ranks.data(), &chosen));
    check(MPI_Comm_create_group(handle_, chosen, tag, &created));
    check(MPI_Group_free(&chosen));
    check(MPI_Group_free(&all));
    ensure(created != MPI_COMM_NULL, "a rank made a group that it is not part of");
    return {created, true};
}

Communicator Communicator::duplicate() const
{
    MPI_Comm copy = MPI_COMM_NULL;
    check(MPI_Comm_dup(handle_, &copy));
    return {copy, true};
}

bool Communicator::shares_processors() const
{
    MPI_Comm node = MPI_COMM_NULL;
    check(MPI_Comm_split_type(handle_, MPI_COMM_TYPE_SHARED, rank_, MPI_INFO_NULL, &node));
    const Communicator here(node, true);
    cpu_set_t mine;
    CPU_ZERO(&mine);
    std::array<std::int64_t, CPU_SETSIZE> usable{};
    if (::sched_getaffinity(0, sizeof(mine), &mine) == 0) {
        for (std::size_t processor = 0; processor < usable.size(); ++processor) {
            usable[processor] = CPU_ISSET(processor, &mine) ? 1 : 0;
        }
    }
    here.maximum(std::span<std::int64_t>(usable));
    const auto processors = std::count(usable.begin(), usable.end(), 1);
    return any(processors > 0 && processors < here.size());
}

void Communicator::barrier() const { check(MPI_Barrier(handle_)); }

void Communicator::sum(std::span<std::int64_t> values) const { reduce(values, MPI_INT64_T, MPI_SUM, handle_); }

void Communicator::minimum(std::span<std::int64_t> values) const { reduce(values, MPI_INT64_T, MPI_MIN, handle_); }

void Communicator::maximum(std::span<std::int64_t> values) const { reduce(values, MPI_INT64_T, MPI_MAX, handle_); }

void Communicator::minimum(std::span<double> values) const { reduce(values, MPI_DOUBLE, MPI_MIN, handle_); }

void Communicator::maximum(std::span<double> values) const { reduce(values, MPI_DOUBLE, MPI_MAX, handle_); }

void Communicator::sum(SuperAccumulator& accumulator) const
{
    accumulator.carry();
    sum(accumulator.limbs());
    accumulator.carry();
}

std::int64_t Communicator::sum(std::int64_t value) const { return reduce_one(value, MPI_INT64_T, MPI_SUM, handle_); }

std::int64_t Communicator::maximum(std::int64_t value) const
{
    return reduce_one(value, MPI_INT64_T, MPI_MAX, handle_);
}

double Communicator::maximum(double value) const { return reduce_one(value, MPI_DOUBLE, MPI_MAX, handle_); }

double Communicator::minimum(double value) const { return reduce_one(value, MPI_DOUBLE, MPI_MIN, handle_); }

std::uint64_t Communicator::sum_modulo(std::uint64_t value) const
{
    return reduce_one(value, MPI_UINT64_T, MPI_SUM, handle_);
}

std::int64_t Communicator::exclusive_scan(std::int64_t value) const
{
    std::int64_t below = 0;
    check(MPI_Exscan(&value, &below, 1, MPI_INT64_T, MPI_SUM, handle_));
    return rank_ == 0 ? 0 : below; // MPI leaves rank 0's result undefined
}

void Communicator::broadcast(std::string& text, int root) const
{
    std::vector<char> characters(text.begin(), text.end());
    broadcast(characters, root);
    text.assign(characters.begin(), characters.end());
}

std::vector<int> Communicator::gather_counts(int mine) const
{
    std::vector<int> counts(static_cast<std::size_t>(size_));
    check(MPI_Allgather(&mine, 1, MPI_INT, counts.data(), 1, MPI_INT, handle_));
    return counts;
}

} // namespace paget::parallel
