"""The Dirac algebra."""
