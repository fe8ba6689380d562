"""Stands in for sparkmagic's kernel of the same name where there is no Livy: the same notebooks on a Spark of this machine.

It knows the three kinds of cells that these notebooks are made of, %%configure, %%sql and %%local, and refuses all
others, since they would be code for a cluster. What %%sql brings is as sparkmagic brings it: as many rows at most, text
made numbers or times where all of a column is such.

environment: SPARK_HOME, the Spark to start; and, in place of what %%configure says, GOLDEN_NONCE_JAR,
GOLDEN_NONCE_WAREHOUSE and GOLDEN_NONCE_HEADERS.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile

import pandas
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp

HERE = pathlib.Path(__file__).resolve().parent
CONF = HERE.parents[3] / "conf"
MOST_ROWS = 2500  # sparkmagic's default_maxrows

LOCAL = {
    "spark.master": "local[*]",
    "spark.app.name": "notebook",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.warehouse.dir": os.path.join(tempfile.gettempdir(), "spark-warehouse"),
}

IN_PLACE_OF = {
    "GOLDEN_NONCE_WAREHOUSE": "spark.sql.catalog.pow.warehouse",
    "GOLDEN_NONCE_HEADERS": "spark.golden-nonce.headers",
}


class CellError(Exception):
    """A cell that can't be run, with the reason."""


class SparkSession:
    """A session of Spark SQL in a process of its own, which the first statement starts."""

    def __init__(self):
        self._settings = {}
        self._process = None
        self._said = None

    def configure(self, settings):
        """Takes what %%configure says; a session that is there ends."""
        self.close()
        self._settings = settings

    def sql(self, statement):
        """The rows of a statement's answer, as a list of dictionaries."""
        if self._process is None:
            self._start()
        try:
            answer = self._ask({"sql": statement, "rows": MOST_ROWS})
        except (BrokenPipeError, json.JSONDecodeError):
            raise CellError("Spark has ended; it said: " + self._last_words()) from None
        except KeyboardInterrupt:
            self._last_words()  # an answer that comes later would be taken for the next one's
            raise
        if "error" in answer:
            raise CellError(answer["error"])
        return answer["rows"]

    def close(self):
        if self._process is not None:
            self._process.stdin.close()
            self._process.wait()
            self._process = None

    def _start(self):
        if "SPARK_HOME" not in os.environ:
            raise CellError("SPARK_HOME must name a Spark: start Jupyter by scripts/notebooks.sh")
        settings = LOCAL | self._settings.get("conf", {})
        for variable, key in IN_PLACE_OF.items():
            if key in settings and variable in os.environ:
                settings[key] = os.environ[variable]
        jars = [os.environ["GOLDEN_NONCE_JAR"]] if "GOLDEN_NONCE_JAR" in os.environ else self._settings.get("jars", [])
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
        command = [
            java,
            f"@{CONF / 'jvm.options'}",
            "-XX:TieredStopAtLevel=1",
            f"-Dlog4j2.configurationFile={CONF / 'log4j2.properties'}",
            "-cp",
            ":".join([*jars, os.path.join(os.environ["SPARK_HOME"], "jars", "*")]),
            str(HERE / "SqlSession.java"),
        ]
        self._said = tempfile.TemporaryFile(mode="w+")  # its own output would be taken for a cell's
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            env={"SPARK_LOCAL_IP": "127.0.0.1"} | os.environ,
            start_new_session=True,  # an interrupted cell leaves it alone
        )
        self._send(settings)

    def _ask(self, question):
        self._send(question)
        return json.loads(self._process.stdout.readline())

    def _send(self, message):
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()

    def _last_words(self):
        self._process.kill()
        self._process.wait()
        self._process = None
        self._said.seek(0)
        return self._said.read()[-2000:]


def frame(rows):
    """A table as sparkmagic makes it."""
    table = pandas.DataFrame(rows)
    for name in table.columns[table.dtypes == object]:
        if table[name].isnull().all():
            continue
        for convert in (pandas.to_datetime, pandas.to_numeric):
            try:
                table[name] = convert(table[name], errors="raise")
                break
            except (ValueError, TypeError, OverflowError):
                pass
    return table


class LocalPySparkKernel(IPythonKernel):
    """IPython, with a session of Spark SQL beside it."""

    implementation = "golden-nonce"
    language_info = {
        "name": "pyspark",
        "mimetype": "text/x-python",
        "codemirror_mode": {"name": "python", "version": 3},
        "file_extension": ".py",
        "pygments_lexer": "python3",
    }

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.spark = SparkSession()

    async def do_execute(self, code, *args, **kwargs):
        return await super().do_execute(translated(code), *args, **kwargs)

    async def do_shutdown(self, restart):
        self.spark.close()
        return super().do_shutdown(restart)

    def configure(self, text):
        try:
            self.spark.configure(json.loads(text))
        except json.JSONDecodeError as e:
            raise CellError(f"%%configure must be followed by JSON: {e}") from None

    def sql(self, statement, output):
        table = frame(self.spark.sql(statement))
        if output:
            self.shell.push({output: table})


def translated(cell):
    """The Python that does what a cell asks for."""
    first, _, rest = cell.strip().partition("\n")
    kernel = "get_ipython().kernel"
    if first == "%%local":
        return rest
    if first in ("%%configure", "%%configure -f"):
        return f"{kernel}.configure({rest!r})"
    query = re.fullmatch(r"%%sql -q(?: -o (\w+))?", first)
    if query:
        return f"{kernel}.sql({rest!r}, {query.group(1)!r})"
    reason = f"a cell must begin with %%configure [-f], %%sql -q [-o NAME] or %%local, got: {first}"
    return f"raise ValueError({reason!r})"


if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=LocalPySparkKernel)
