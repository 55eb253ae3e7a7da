"""Calendar files, read again by another program and by the letter of RFC 5545."""
