"""The data package: everything public at one edition, as files. Two builds of one edition are the same bytes."""

from tracker.packaging.building import build_package
from tracker.packaging.publishing import newest_package, package_folder, publish_package

__all__ = ["build_package", "newest_package", "package_folder", "publish_package"]
