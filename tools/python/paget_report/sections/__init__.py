"""The parts of the page, one module each; each makes a Section from the Material."""
