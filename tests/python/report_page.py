"""A page of paget-report, taken apart by Python's own parser."""

from html.parser import HTMLParser

VOID = {"meta", "img", "br", "link", "input", "hr"}


class Element:
    def __init__(self, name, attributes, parent):
        self.name, self.attributes, self.parent = name, dict(attributes), parent
        self.children, self.words = [], []

    def text(self):
        return "".join(part if isinstance(part, str) else part.text() for part in self.words)

    def all(self, *names):
        """Elements of these names below this one (all, without a name)."""
        for child in self.children:
            if not names or child.name in names:
                yield child
            yield from child.all(*names)

    def within(self, name):
        """Whether an element of that name is around this one."""
        return self.parent is not None and (self.parent.name == name or self.parent.within(name))


class Page(HTMLParser):
    """The elements of a page. Raises ValueError if tags are not closed in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = self._here = Element("", {}, None)
        self.feed(text)
        self.close()
        if self._here is not self.root:
            raise ValueError(f"<{self._here.name}> is not closed")

    def handle_starttag(self, tag, attrs):
        element = self._add(tag, attrs)
        if tag not in VOID:
            self._here = element

    def handle_startendtag(self, tag, attrs):
        self._add(tag, attrs)

    def handle_endtag(self, tag):
        if tag != self._here.name:
            raise ValueError(f"</{tag}> closes <{self._here.name}>")
        self._here = self._here.parent

    def handle_data(self, data):
        self._here.words.append(data)

    def _add(self, tag, attrs):
        element = Element(tag, attrs, self._here)
        self._here.children.append(element)
        self._here.words.append(element)
        return element

    def numbers(self):
        """Elements that name the source of their number."""
        return [element for element in self.root.all() if "data-from" in element.attributes]

    def ids(self):
        return [element.attributes["id"] for element in self.root.all() if "id" in element.attributes]
