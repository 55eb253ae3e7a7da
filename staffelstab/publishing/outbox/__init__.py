"""Letters and what is published: drafted here, sent by nobody; a person releases them later."""
