"""The data package: everything public at one edition, as files. Two builds of one edition are the same bytes."""

from tracker.exchange.package.building import build_package
from tracker.exchange.package.publishing import media_type, newest_package, package_folder, packages, publish_package

__all__ = ["build_package", "media_type", "newest_package", "package_folder", "packages", "publish_package"]
