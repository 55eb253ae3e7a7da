"""Documents of any form: text extracted from them in a sandbox, and pages rendered. Knows no plan."""
