#include "paget/app/slurm.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <vector>

namespace paget::app
{
namespace
{
constexpr int invalid_job_id = 1; // squeue's exit code for a job that it does not know

struct Answer {
    int code = -1;
    std::string text; ///< first line
};

/// A short command's first line of output. Only rank 0 asks, and seldom.
Answer ask(const std::string& command)
{
    Answer answer;
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return answer;
    }
    std::array<char, 512> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) {
        answer.text += buffer.data();
    }
    const int status = ::pclose(pipe);
    answer.code = status >= 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    answer.text = answer.text.substr(0, answer.text.find('\n'));
    return answer;
}

/// Job numbers come from a file or the environment and go into a shell command.
bool is_job_number(const std::string& job)
{
    for (const char c : job) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0) {
            return false;
        }
    }
    return !job.empty();
}

std::optional<double> number_in(const std::string& text)
{
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
    return whole && value >= 0.0 ? std::optional(value) : std::nullopt;
}

/// The numbers between the colons of "1:30:00"; nothing if one is missing or no number.
std::optional<std::vector<double>> clock_parts(std::string text)
{
    std::vector<double> parts;
    for (bool more = true; more;) {
        const std::size_t colon = text.find(':');
        more = colon != std::string::npos;
        const auto part = number_in(text.substr(0, colon));
        if (!part) {
            return std::nullopt;
        }
        parts.push_back(*part);
        text = more ? text.substr(colon + 1) : "";
    }
    return parts;
}
} // namespace

Life life_of_job(const std::string& state)
{
    if (state == "RUNNING" || state == "SUSPENDED" || state == "STOPPED" || state == "SIGNALING" ||
        state == "STAGE_OUT") {
        return Life::alive;
    }
    return state == "COMPLETING" ? Life::unknown : Life::ended;
}

std::optional<double> seconds_of_duration(const std::string& text)
{
    const std::size_t dash = text.find('-');
    const auto days = dash == std::string::npos ? std::optional(0.0) : number_in(text.substr(0, dash));
    const auto parts = clock_parts(dash == std::string::npos ? text : text.substr(dash + 1));
    if (!days || !parts || parts->size() > 3) {
        return std::nullopt;
    }
    const auto& p = *parts;
    double seconds = 0.0;
    if (dash != std::string::npos) { // days-hours[:minutes[:seconds]]
        seconds = 3600.0 * p[0] + (p.size() > 1 ? 60.0 * p[1] : 0.0) + (p.size() > 2 ? p[2] : 0.0);
    } else if (p.size() == 3) {
        seconds = 3600.0 * p[0] + 60.0 * p[1] + p[2];
    } else { // minutes[:seconds]
        seconds = 60.0 * p[0] + (p.size() > 1 ? p[1] : 0.0);
    }
    return 86400.0 * *days + seconds;
}

std::optional<std::string> state_of_job(const std::string& job)
{
    if (!is_job_number(job)) {
        return std::nullopt;
    }
    const Answer answer = ask(fmt::format("timeout 10 squeue -h -t all -j {} -o %T 2>&1", job));
    const bool unknown_job = answer.code == invalid_job_id && answer.text.find("Invalid job id") != std::string::npos;
    if (unknown_job) {
        return "";
    }
    return answer.code == 0 ? std::optional(answer.text) : std::nullopt;
}

std::optional<double> seconds_left_of_job()
{
    const char* job = std::getenv("SLURM_JOB_ID");
    if (job == nullptr || !is_job_number(job)) {
        return std::nullopt;
    }
    if (const char* end = std::getenv("SLURM_JOB_END_TIME"); end != nullptr && number_in(end).value_or(0.0) > 0.0) {
        return std::difftime(static_cast<std::time_t>(*number_in(end)), std::time(nullptr));
    }
    const Answer answer = ask(fmt::format("timeout 10 squeue -h -j {} -o %L 2>/dev/null", job));
    return answer.code == 0 ? seconds_of_duration(answer.text) : std::nullopt;
}

} // namespace paget::app
