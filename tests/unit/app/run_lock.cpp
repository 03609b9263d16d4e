// One run per folder: who holds it, who is refused, who takes over from the dead.

#include "paget/app/run_lock.hpp"

#include "paget/core/error.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <iterator>
#include <vector>

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace paget::app
{
namespace
{
namespace fs = std::filesystem;
using testing::HasSubstr;

std::string refusal(const std::string& folder)
{
    try {
        const RunLock lock(folder);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

void write_lock(const std::string& folder, const LockOwner& owner, std::chrono::seconds age = {})
{
    fs::create_directories(folder);
    std::ofstream(folder + "/lock") << text_of(owner);
    fs::last_write_time(folder + "/lock", fs::file_time_type::clock::now() - age);
}

LockOwner of_another_machine()
{
    LockOwner owner = this_process();
    owner.host = "elsewhere";
    owner.boot = "another";
    return owner;
}

LockOwner read_lock(const std::string& folder)
{
    std::ifstream file(folder + "/lock");
    return read_owner({std::istreambuf_iterator<char>(file), {}}).value_or(LockOwner{});
}

/// A child process that does `work` and ends at once, without giving anything back.
pid_t child_that(const std::function<void()>& work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            work();
        } catch (const Error&) {
            std::_Exit(1);
        }
        std::_Exit(0);
    }
    return child;
}

int code_of(pid_t child)
{
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
} // namespace

class RunLockTest : public testing::Test
{
protected:
    parallel::Communicator self_ = parallel::Communicator::self();
    test::TemporaryFolder folder_{self_};
    std::string run_ = folder_ / "runs/a";
};

TEST_F(RunLockTest, SaysWhoAndLeavesNothing)
{
    {
        const RunLock lock(run_);
        const LockOwner owner = read_lock(run_);
        EXPECT_EQ(owner.process, ::getpid());
        EXPECT_GT(owner.started, 0);
        EXPECT_EQ(lock.taken_over_from(), "");
        EXPECT_EQ(std::distance(fs::directory_iterator(run_), {}), 1);
        EXPECT_NO_THROW(lock.check_held());
    }
    EXPECT_FALSE(fs::exists(folder_ / "runs")); // it had made both folders
}

TEST_F(RunLockTest, LeavesTheFolderWithWhatWasWritten)
{
    {
        const RunLock lock(run_);
        std::ofstream(run_ + "/series.csv") << "1";
    }
    EXPECT_TRUE(fs::exists(run_ + "/series.csv"));
    EXPECT_FALSE(fs::exists(run_ + "/lock"));
}

TEST_F(RunLockTest, ASecondRunIsRefusedWithinASecondAndLearnsWhoWorksThere)
{
    const RunLock lock(run_);
    const auto start = std::chrono::steady_clock::now();
    const std::string message = refusal(run_);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
    EXPECT_THAT(message, HasSubstr("process " + std::to_string(::getpid())));
    EXPECT_THAT(message, HasSubstr("--output="));
    EXPECT_NO_THROW(lock.check_held());
}

TEST_F(RunLockTest, ADeadProcessIsReplaced)
{
    const pid_t child = child_that([this] {
        const RunLock lock(run_);
        ::kill(::getpid(), SIGKILL);
    });
    EXPECT_EQ(code_of(child), -1);
    EXPECT_EQ(read_lock(run_).process, child);
    const RunLock lock(run_);
    EXPECT_THAT(lock.taken_over_from(), HasSubstr("process " + std::to_string(child)));
    EXPECT_EQ(read_lock(run_).process, ::getpid());
}

TEST_F(RunLockTest, ANewProcessOfTheSameNumberIsNotTheOwner)
{
    LockOwner owner = this_process();
    owner.started -= 100;
    write_lock(run_, owner);
    EXPECT_NO_THROW(refuse_held_folder(run_));
    EXPECT_EQ(read_lock(run_), owner); // looking changes nothing
    EXPECT_EQ(refusal(run_), "");
}

TEST_F(RunLockTest, OnAnotherMachineTheTimeOfTheLockDecides)
{
    write_lock(run_, of_another_machine());
    EXPECT_THAT(refusal(run_), HasSubstr("elsewhere"));
    write_lock(run_, of_another_machine(), RunLock::patience - std::chrono::seconds(20));
    EXPECT_THAT(refusal(run_), HasSubstr("elsewhere"));
    write_lock(run_, of_another_machine(), RunLock::patience + std::chrono::seconds(20));
    const RunLock lock(run_);
    EXPECT_THAT(lock.taken_over_from(), HasSubstr("elsewhere"));
}

TEST_F(RunLockTest, AnEarlierStartOfTheSameJobHasEnded)
{
    LockOwner before = of_another_machine();
    before.job = "42";
    LockOwner now = this_process();
    now.job = "42";
    EXPECT_EQ(life_before_requeue(before, now), Life::unknown); // two steps of one start
    now.job_start = 1;
    EXPECT_EQ(life_before_requeue(before, now), Life::ended);
    now.job = "43";
    EXPECT_EQ(life_before_requeue(before, now), Life::unknown);
    before.job = now.job = "";
    EXPECT_EQ(life_before_requeue(before, now), Life::unknown);
}

TEST_F(RunLockTest, ALockThatWasLostIsNoticed)
{
    const RunLock sleeper(run_);
    fs::remove(run_ + "/lock");
    write_lock(run_, of_another_machine());
    EXPECT_THROW(sleeper.check_held(), FileError);
}

TEST_F(RunLockTest, AFileOfSomebodyElseIsLeftAlone)
{
    fs::create_directories(run_);
    std::ofstream(run_ + "/lock") << "of my bicycle";
    EXPECT_THAT(refusal(run_), HasSubstr("not one of Paget's"));
    EXPECT_EQ(std::distance(fs::directory_iterator(run_), {}), 1);
}

TEST_F(RunLockTest, AFolderThatCannotBeMadeIsRefused)
{
    std::ofstream(folder_ / "file") << "";
    EXPECT_THAT(refusal(folder_ / "file/run"), HasSubstr("cannot be used"));
}

TEST_F(RunLockTest, OfManyWhoFindADeadOwnerOneGetsTheFolder)
{
    constexpr int processes = 8;
    for (int round = 0; round < 10; ++round) {
        LockOwner dead = this_process();
        dead.started -= 100;
        write_lock(run_, dead);
        int gate[2];
        ASSERT_EQ(::pipe(gate), 0);
        std::vector<pid_t> children;
        for (int i = 0; i < processes; ++i) {
            children.push_back(child_that([&] { // holds what it gets until all have tried
                ::close(gate[1]);
                const RunLock lock(run_);
                char end = 0;
                static_cast<void>(::read(gate[0], &end, 1));
            }));
        }
        ::close(gate[0]);
        for (int i = 1; i < processes; ++i) {
            EXPECT_EQ(code_of(-1), 1);
        }
        ::close(gate[1]);
        EXPECT_EQ(code_of(-1), 0);
        EXPECT_FALSE(fs::exists(run_ + "/lock.takeover"));
    }
}

} // namespace paget::app
