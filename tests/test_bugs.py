"""Our own mistakes reach the log without anybody's words."""

import subprocess
import sys

from ogp_sensemaker import paths


def test_the_log_says_where_and_never_what_was_said() -> None:
    script = (
        "import sys\nfrom ogp_sensemaker import bugs\nbugs.watch()\n"
        "def work(words):\n    raise KeyError(words)\n"
        "work('what Ana said in confidence')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "not yours" in done.stderr
    logged = paths.log_path().read_text(encoding="utf-8")
    assert "builtins.KeyError" in logged
    assert "in work" in logged
    assert "confidence" not in logged
