"""A run of Paget as one page of HTML that needs nothing else. docs/report.md tells what is on it."""
