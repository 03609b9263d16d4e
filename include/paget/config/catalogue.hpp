#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paget
{
class UnitSystem;
}

namespace paget::config
{

/// What a value is.
enum class Kind {
    real,    ///< number with a unit
    integer, ///< whole number
    flag,    ///< yes or no
    text,    ///< anything, e.g. a file name
    choice,  ///< one of Parameter::choices
    names    ///< names separated by commas or spaces
};

/// One key that a case file or the command line may set.
struct Parameter {
    /// Dotted key. A part in angle brackets stands for a name: `organ.<organ>.soil`, `organ.<organ>.<field>.decay`.
    /// A name is declared by a section `[<kind>.<name>]` (here `[organ.lung]`, `[field.oxygen]`), or by the key
    /// itself if the pattern is a word and a name (`rules.<rule>`); anywhere else it must be a declared one.
    std::string pattern;
    Kind kind = Kind::real;
    /// Unit in which the program holds the value; "1" for plain numbers, empty for what is not a number.
    std::string unit = {};
    /// As a user would write it; nothing if the key must be given (or, with `fallback`, inherits).
    std::optional<std::string> default_text = {};
    /// Both ends are allowed values.
    double lowest = -std::numeric_limits<double>::infinity();
    double highest = std::numeric_limits<double>::infinity();
    std::vector<std::string> choices = {};
    /// One or two sentences for `paget explain`.
    std::string meaning;
    /// Where the default comes from: a publication, "computed", "memory" or "assumption" (as docs/parameters.md
    /// defines).
    std::string source;
    /// Key whose value holds where this one is not given, e.g. `field.<field>.decay` for `organ.<organ>.<field>.decay`.
    std::string fallback = {};
};

/// All parameters that the program knows. Modules add theirs; nothing is registered statically. Local: no
/// communication.
class Catalogue
{
public:
    /// Loads the unit database. Throws FileError if it is not installed.
    Catalogue();

    /// Throws BugError if a pattern of the same shape is there already, if the default does not fit its own kind, unit
    /// and range, if meaning or source are empty, or if there are both a default and a fallback. Pointers that find()
    /// and matching() gave become invalid.
    void add(Parameter parameter);

    /// The parameter whose pattern fits the key, or null. Where two fit, the first part in which they differ decides: a
    /// word wins over a placeholder.
    const Parameter* find(std::string_view key) const;

    /// Parameters whose patterns can match a glob: `*` stands for any text, dots included, `?` for one character, and a
    /// placeholder for any name, so `organ.*.oxygen*` finds `organ.<organ>.<field>.decay`. A text without stars, or
    /// between two, finds the patterns in which it is written, if there are any (not the placeholders that could be
    /// called so: that is nearly everything). A whole key or pattern finds its own parameter only.
    std::vector<const Parameter*> matching(std::string_view glob) const;

    const std::vector<Parameter>& all() const { return parameters_; }

    /// The units in which values are read.
    const UnitSystem& units() const { return *units_; }

private:
    std::vector<Parameter> parameters_;
    std::shared_ptr<const UnitSystem> units_;
};

} // namespace paget::config
