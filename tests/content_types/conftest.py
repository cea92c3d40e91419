from tests.policies.conftest import bench, shared_app

__all__ = ["bench", "shared_app"]
