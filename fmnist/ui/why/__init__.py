"""Why: what stands behind an answer, on every page that gives one."""
