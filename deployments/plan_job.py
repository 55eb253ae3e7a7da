"""What a worker executes: one of our flows in a working folder. Of all that a server can say of a process it takes no more.

Whoever may change a deployment on the server could name a command, a place, variables, a module to import, or steps to be done
before. None of that is read: command, place and environment are ours, and the flow is looked up in a list of our own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from prefect.workers.process import ProcessJobConfiguration
from pydantic import PrivateAttr

from deployments.definitions import entrypoints
from staffelstab.errors import StaffelstabError
from staffelstab.isolation import BARE, child_environment
from staffelstab.language import ORIGINAL, Language
from staffelstab.workspace import find
from tasks.environment import FOLDER, FROZEN, LEDGER, SHARED

if TYPE_CHECKING:
    from prefect.client.orchestration import PrefectClient
    from prefect.client.schemas.objects import FlowRun, WorkPool
    from prefect.client.schemas.responses import DeploymentResponse

_ENTRYPOINT = "PREFECT__FLOW_ENTRYPOINT"
"""Where Prefect's engine finds the flow; then it asks the server neither for it nor for what is to be done before."""
PATIENT = {"PREFECT_CLIENT_MAX_RETRIES": "5", "PREFECT_API_REQUEST_TIMEOUT": "60"}
"""A run that cannot reach the server asks again for about a minute before it fails."""


class PlanJob(ProcessJobConfiguration):
    """The process of one run. `refusal`: why none is started, in a sentence."""

    _folder: str = PrivateAttr(default="")
    _entrypoint: str = PrivateAttr(default="")
    _refusal: str = PrivateAttr(default="")

    @property
    def folder(self) -> str:
        """The working folder."""
        return self._folder

    @property
    def refusal(self) -> str:
        """Why no process is started; "" if one is."""
        return self._refusal

    @classmethod
    async def resolve_for_flow_run(
        cls,
        flow_run: FlowRun,
        *,
        client: PrefectClient,
        work_pool: WorkPool,
        worker_name: str,
        worker_id: Any = None,
        deployment: DeploymentResponse | None = None,
    ) -> Self:
        """What is to be done for a run; neither its own variables nor the pool's template are looked at."""
        if deployment is None and flow_run.deployment_id:
            deployment = await client.read_deployment(flow_run.deployment_id)
        flow = await client.read_flow(flow_run.flow_id)
        made = cls(env={}, working_dir=BARE)
        made._tell(deployment)
        made.prepare_for_flow_run(flow_run, deployment, flow, work_pool, worker_name, worker_id)
        return made

    def _tell(self, deployment: DeploymentResponse | None) -> None:
        told = (deployment.job_variables or {}).get("env") if deployment else None
        folder = told.get(FOLDER) if isinstance(told, dict) else None
        self._folder = folder if isinstance(folder, str) else ""
        self._entrypoint = (deployment.entrypoint or "") if deployment else ""
        self._refusal = _refused(self._folder, self._entrypoint)

    def environment(self) -> dict[str, str]:
        """What the process is told: how to reach the server, and what it is about."""
        prefect = {name: value for name, value in self.env.items() if name.startswith("PREFECT") and value is not None}
        about = {FOLDER: self._folder, SHARED: "1", FROZEN: "", LEDGER: "", _ENTRYPOINT: self._entrypoint}
        return child_environment() | prefect | PATIENT | about


def _refused(folder: str, entrypoint: str) -> str:
    """Why this is not executed, in the plan's language where the plan can be read; "" if it is."""
    words = Language(ORIGINAL)
    try:
        if not Path(folder).is_absolute():
            return words.say("deployments.refused.folder", folder=folder)
        words = find(Path(folder)).adopted().words
    except StaffelstabError as error:
        if error.key == "workspace.none":
            return words.say("deployments.refused.folder", folder=folder)
    except (OSError, ValueError):
        return words.say("deployments.refused.folder", folder=folder)
    return "" if entrypoint in entrypoints() else words.say("deployments.refused.flow", flow=entrypoint)
