#pragma once

#include "paget/parallel/message_counts.hpp"

#include <chrono>
#include <cstdint>

namespace paget::parallel
{

/// What a rank spent on one part of the program.
struct Use {
    std::int64_t nanoseconds = 0; ///< wall time
    MessageCounts messages;       ///< of that time, and in it
    std::int64_t measurements = 0;
    std::int64_t processor_nanoseconds = 0; ///< that the rank had a processor in that time, if this is counted

    double seconds() const { return 1e-9 * static_cast<double>(nanoseconds); }
    double mpi_seconds() const { return 1e-9 * static_cast<double>(messages.nanoseconds); }

    /// Without MPI: messages, and waiting for other ranks; processor time, if that is counted.
    std::int64_t computing_nanoseconds() const
    {
        return counts_processor_time() ? processor_nanoseconds - messages.processor_nanoseconds
                                       : nanoseconds - messages.nanoseconds;
    }

    Use& operator+=(const Use& other)
    {
        nanoseconds += other.nanoseconds;
        processor_nanoseconds += other.processor_nanoseconds;
        messages += other.messages;
        measurements += other.measurements;
        return *this;
    }
};

/// Adds up what one part of the program needs. Local; a measurement costs less than 0.2 microseconds, or
/// 1 where processor time counts.
class Meter
{
public:
    /// From its making to its end.
    class Measurement
    {
    public:
        explicit Measurement(Meter& meter)
            : meter_(&meter),
              begin_(Clock::now()),
              begin_processor_ns_(parallel::processor_nanoseconds()),
              messages_(message_counts())
        {
        }
        Measurement(const Measurement&) = delete;
        Measurement& operator=(const Measurement&) = delete;
        ~Measurement()
        {
            meter_->use_.nanoseconds += std::chrono::nanoseconds(Clock::now() - begin_).count();
            meter_->use_.processor_nanoseconds += parallel::processor_nanoseconds() - begin_processor_ns_;
            meter_->use_.messages += message_counts() - messages_;
            ++meter_->use_.measurements;
        }

    private:
        Meter* meter_;
        std::chrono::steady_clock::time_point begin_;
        std::int64_t begin_processor_ns_;
        MessageCounts messages_;
    };

    [[nodiscard]] Measurement measure() { return Measurement(*this); }
    const Use& use() const { return use_; }

private:
    using Clock = std::chrono::steady_clock;

    Use use_;
};

} // namespace paget::parallel
