"""The steps the flows share: thin tasks around the service layer."""
