#include "stamp.hpp"

#include "paget/output/provenance.hpp"

namespace paget::output
{

void write_stamp(io::StateWriter& writer, const Stamp& stamp)
{
    for (const auto& [name, text] : program_versions()) {
        writer.write_attribute("/", "paget_" + name, text);
    }
    std::string libraries;
    for (const auto& [name, version] : library_versions()) {
        libraries += (libraries.empty() ? "" : "; ") + name + " " + version;
    }
    writer.write_attribute("/", "libraries", libraries);
    writer.write_attribute("/", "seed", stamp.seed);
    writer.write_attribute("/", "case", stamp.resolved_case);
}

} // namespace paget::output
