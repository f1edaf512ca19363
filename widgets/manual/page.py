"""The manual's pages: Markdown below docs/manual, as themed HTML."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt

from widgets.theme import Theme

_STYLE = """
:root {{ color-scheme: {scheme}; }}
body {{ background: {panel}; color: {text}; font: 15px/1.65 'Noto Sans CJK SC', sans-serif;
  max-width: 46em; margin: 0 auto; padding: 20px 28px 60px; }}
h1 {{ font-size: 24px; }} h2 {{ font-size: 19px; margin-top: 1.8em;
  border-bottom: 1px solid {line}; padding-bottom: 4px; }} h3 {{ font-size: 16px; }}
a {{ color: {accent}; }} img {{ max-width: 100%; border: 1px solid {line}; border-radius: 6px; }}
code, kbd {{ font-family: 'Noto Sans Mono CJK SC', monospace; font-size: 13.5px;
  background: {raised}; border: 1px solid {line}; border-radius: 4px; padding: 1px 5px; }}
pre {{ background: {raised}; padding: 12px; border-radius: 6px; overflow: auto; }}
pre code {{ border: none; padding: 0; }}
table {{ border-collapse: collapse; margin: 1em 0; }}
td, th {{ border-bottom: 1px solid {line}; padding: 5px 14px 5px 0; text-align: left; }}
blockquote {{ border-left: 3px solid {accent}; margin: 1em 0; padding: 2px 14px; color: {muted}; }}
"""
_PAGE = """<!doctype html><html><head><meta charset="utf-8"><meta http-equiv=
"Content-Security-Policy" content="default-src 'none'; img-src file:; style-src 'unsafe-inline'">
<style>{style}</style></head><body>{body}</body></html>"""


def html(text: str, theme: Theme) -> str:
    """Return a page of Markdown as HTML in the theme's colours; raw HTML in it stays text."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    names = ("panel", "raised", "line", "text", "muted", "accent")
    colours = {name: getattr(theme, name).name() for name in names}
    scheme = "dark" if theme.panel.lightness() < 128 else "light"
    return _PAGE.format(style=_STYLE.format(scheme=scheme, **colours), body=body)


def page_path(folder: Path, language: str) -> Path:
    """Return the manual in a language, or the English one."""
    own = folder / f"{language.split('_')[0]}.md"
    return own if own.exists() else folder / "en.md"
