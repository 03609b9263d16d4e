#include "paget/app/loaded_case.hpp"

#include "paget/circulation/vascular_graph.hpp"
#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/core/error.hpp"
#include "paget/organ/rule_texts.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace paget::app
{
namespace
{
/// What the parts can check only together: the graph as a whole.
void check_graph(config::Case& description, const body::BodyDescription& body)
{
    if (!description.problems().empty()) {
        return; // the graph would complain about what has been said already
    }
    try {
        const circulation::VascularGraph graph(body.beds, body.veins_min, body.arteries_min);
    } catch (const InputError& error) {
        description.report("bed", error.what());
    }
}
} // namespace

config::Catalogue make_catalogue()
{
    config::Catalogue catalogue;
    body::declare_parameters(catalogue);
    output::declare_parameters(catalogue);
    declare_checkpoint_plan(catalogue);
    body::declare_balance(catalogue);
    return catalogue;
}

std::string read_case_text(const std::string& path)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        throw InputError(fmt::format("'{}' is a folder, not a case file. Name the file in it.", path));
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file && file.peek() != std::ifstream::traits_type::eof()) { // an empty file has nothing to copy
        text << file.rdbuf();
    }
    if (!file.is_open() || file.bad()) {
        throw InputError(fmt::format("The case file '{}' cannot be read: {}. Check its name; inputs/ holds examples.",
                                     path, std::strerror(errno)));
    }
    return text.str();
}

LoadedCase load_case(const CommandLine& line, const std::string& case_text, organ::FirstCells first_cells)
{
    const config::Catalogue catalogue = make_catalogue();
    config::Case description(catalogue);
    description.read_text(case_text, line.subject);
    for (const auto& [key, value] : line.keys) {
        description.set_from_command_line(key, value);
    }
    description.check();
    if (!description.names_are_clear()) {
        description.throw_if_problems();
    }
    LoadedCase loaded;
    loaded.path = line.subject;
    loaded.body = body::read_body(description, first_cells);
    loaded.plan = output::read_plan(description);
    loaded.checkpoints = read_checkpoint_plan(description);
    loaded.balance = body::read_balance(description);
    check_graph(description, loaded.body);
    description.throw_if_problems();
    loaded.rule_words = organ::rule_words(description);
    loaded.rules_as_read = organ::rules_as_read(description, loaded.body.tissue);
    loaded.warnings = description.warnings();
    loaded.resolved = description.resolved();
    return loaded;
}

std::string output_folder(const CommandLine& line)
{
    for (const std::string& named : {line.output, line.fork, line.restart}) {
        if (!named.empty()) {
            return named;
        }
    }
    return (std::filesystem::path("runs") / std::filesystem::path(line.subject).stem()).string();
}

} // namespace paget::app
