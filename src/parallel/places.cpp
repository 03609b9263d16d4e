#include "paget/parallel/places.hpp"

#include "paget/parallel/sorted_slice.hpp"

#include <algorithm>

namespace paget::parallel
{
namespace
{
/// A value that wants to know its place, and where the answer goes.
struct Question {
    std::uint64_t value;
    std::uint64_t index;
    int rank;
};

struct Answer {
    std::uint64_t index;
    std::uint64_t place;
};

/// Enough for parts of about equal size where each rank has many values, and little to gather on many ranks.
constexpr std::size_t samples_per_part = 2;
} // namespace

Places places_by_gathering(const Communicator& comm, std::span<const std::uint64_t> values)
{
    std::vector<std::uint64_t> all = comm.all_gather<std::uint64_t>(values);
    std::sort(all.begin(), all.end());
    Places places;
    places.total = all.size();
    for (const std::uint64_t value : values) {
        const auto place = std::lower_bound(all.begin(), all.end(), value) - all.begin();
        places.place.push_back(static_cast<std::uint64_t>(place));
    }
    return places;
}

Places places_by_sorting(const Communicator& comm, std::span<const std::uint64_t> values)
{
    std::vector<Question> questions;
    for (const std::uint64_t value : values) {
        questions.push_back({value, questions.size(), comm.rank()});
    }
    const auto slice = sorted_slice(
        comm, std::move(questions), [](const Question& q) { return q.value; }, samples_per_part);
    std::vector<Answer> answers;
    std::vector<int> destination;
    for (const Question& question : slice.items) {
        answers.push_back({question.index, slice.first + answers.size()});
        destination.push_back(question.rank);
    }
    Places places{std::vector<std::uint64_t>(values.size()), slice.total};
    for (const Answer& answer : exchange<Answer>(comm, answers, destination)) {
        places.place[answer.index] = answer.place;
    }
    return places;
}

} // namespace paget::parallel
