"""The host's logo: one for light pages, perhaps another for dark ones, and the square icon that is made of it. Pure.

The site row keeps it as plain values: {"light": {"key", "width", "height"}, "dark": …, "icon": …, "beside": bool}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

# Pixels of a page. The header bounds the height; a wide logo is bounded by its width, too.
HIGHEST, WIDEST = 36, 220
VARIANTS = LIGHT, DARK = ("light", "dark")
# What an icon stands on where its logo is see-through: paper of the theme that the logo was made for.
GROUND = "#fbfaf7"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the storage: its key, and its size in pixels."""

    key: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """Its file name in the forum's address: the content's fingerprint, so that it may be kept for ever."""
        return self.key.rpartition("/")[2]

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height in the header, in proportion."""
        scale = min(HIGHEST / self.height, WIDEST / self.width)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))


@dataclass(frozen=True, slots=True)
class Brand:
    """The logo. Without a light variant there is none. `beside`: the name of the place stands next to it."""

    light: Picture | None = None
    dark: Picture | None = None
    icon: Picture | None = None
    beside: bool = True

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Brand:
        """What a row keeps."""
        pictures = {name: Picture(**kept[name]) for name in (*VARIANTS, "icon") if kept.get(name)}
        return cls(**pictures, beside=bool(kept.get("beside", True)))

    def kept(self) -> dict[str, Any]:
        """For a row; empty where there is no logo."""
        return {name: value for name, value in asdict(self).items() if value is not None} if self.light else {}

    def with_picture(self, variant: str, picture: Picture, icon: Picture | None = None) -> Brand:
        """With another picture in a variant; the icon follows the light one."""
        if variant == LIGHT:
            return replace(self, light=picture, icon=icon)
        return replace(self, dark=picture)

    def without(self, variant: str) -> Brand:
        """Without a variant; without the light one there is none at all."""
        return replace(self, dark=None) if variant == DARK else Brand()

    def pictures(self) -> Iterator[Picture]:
        """All that there are."""
        return (picture for picture in (self.light, self.dark, self.icon) if picture is not None)
