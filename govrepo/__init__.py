"""The platform: storage, work, journal, catalog, security; it knows nothing of official documents."""
