#include "paget/app/lock_owner.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <vector>

#include <unistd.h>

namespace paget::app
{
namespace
{
constexpr const char* first_line = "paget run lock 1";

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::string host_name()
{
    char name[256] = {};
    return ::gethostname(name, sizeof(name) - 1) == 0 ? name : "unknown";
}

std::string first_word_of(const std::string& path)
{
    std::ifstream file(path);
    std::string word;
    file >> word;
    return word;
}

std::int64_t integer_in(const std::string& text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// When a process started (field 22 of /proc/N/stat); 0 if there is none of that number, or no such table.
std::int64_t start_of(std::int64_t process)
{
    std::ifstream file(fmt::format("/proc/{}/stat", process));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t name_end = text.rfind(')'); // the name before it may hold blanks and brackets
    if (name_end == std::string::npos) {
        return 0;
    }
    std::istringstream rest(text.substr(name_end + 1));
    const std::istream_iterator<std::string> begin(rest);
    const std::vector<std::string> fields(begin, {}); // from the third on
    return fields.size() > 19 && fields[0] != "Z" ? integer_in(fields[19]) : 0;
}
} // namespace

LockOwner this_process()
{
    LockOwner self;
    self.host = host_name();
    self.boot = first_word_of("/proc/sys/kernel/random/boot_id");
    self.process = ::getpid();
    self.started = start_of(self.process);
    self.job = environment("SLURM_JOB_ID");
    self.job_start = integer_in(environment("SLURM_RESTART_COUNT"));
    self.since = fmt::format("{:%Y-%m-%d %H:%M:%S}",
                             fmt::localtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
    return self;
}

std::string text_of(const LockOwner& owner)
{
    return fmt::format("{}\nhost = {}\nboot = {}\nprocess = {}\nstarted = {}\njob = {}\njob_start = {}\nsince = {}\n",
                       first_line, owner.host, owner.boot, owner.process, owner.started, owner.job, owner.job_start,
                       owner.since);
}

std::optional<LockOwner> read_owner(const std::string& text)
{
    std::istringstream lines(text);
    std::string line;
    if (!std::getline(lines, line) || line != first_line) {
        return std::nullopt;
    }
    std::map<std::string, std::string> entries;
    while (std::getline(lines, line)) {
        const std::size_t equals = line.find(" = ");
        if (equals != std::string::npos) {
            entries[line.substr(0, equals)] = line.substr(equals + 3);
        }
    }
    return LockOwner{entries["host"],
                     entries["boot"],
                     integer_in(entries["process"]),
                     integer_in(entries["started"]),
                     entries["job"],
                     integer_in(entries["job_start"]),
                     entries["since"]};
}

std::string description_of(const LockOwner& owner)
{
    return fmt::format("process {} on {}{} since {}", owner.process, owner.host,
                       owner.job.empty() ? "" : fmt::format(" (SLURM job {})", owner.job), owner.since);
}

Life life_on_this_machine(const LockOwner& owner, const LockOwner& self)
{
    if (owner.host != self.host || owner.boot != self.boot) {
        return Life::unknown;
    }
    if (owner.started != 0 && self.started != 0) {
        return start_of(owner.process) == owner.started ? Life::alive : Life::ended;
    }
    const bool there = ::kill(static_cast<pid_t>(owner.process), 0) == 0 || errno == EPERM;
    return there ? Life::alive : Life::ended; // a system without /proc
}

Life life_before_requeue(const LockOwner& owner, const LockOwner& self)
{
    const bool earlier = !owner.job.empty() && owner.job == self.job && owner.job_start < self.job_start;
    return earlier ? Life::ended : Life::unknown;
}

} // namespace paget::app
