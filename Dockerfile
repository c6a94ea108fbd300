FROM python:3.11-slim-bookworm

# An extra package index to take torch from, such as the one with its CPU builds.
ARG TORCH_INDEX=

ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore \
    PYTHONUNBUFFERED=1

WORKDIR /app

# From what changes least to what changes most: the other dependencies, torch, the code. Every file of the lock is checked
# against its SHA-256; torch comes by its version, since its build is that of the index (docs/operations.md).
COPY requirements.lock torch.txt ./
RUN pip install --require-hashes --no-deps --only-binary :all: --requirement requirements.lock \
    && pip install ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} --requirement torch.txt
COPY pyproject.toml README.md LICENSE THIRD_PARTY.md ./
RUN pip install --no-deps --no-build-isolation --editable .

COPY models models
COPY backend backend
COPY frontend frontend
# The root file system is read-only later: bytecode and compressed static files are written now or never.
RUN python -m compileall -q models backend \
    && python -m backend.pages frontend \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin ceniqa \
    && install --directory --owner ceniqa --group ceniqa /data

USER 10001:10001
# Every address of the container; whoever publishes the port says who may reach it (docs/operations.md).
# ONNX Runtime's wheels would report to their maker from the moment of import.
ENV HOST=0.0.0.0 \
    PORT=8000 \
    CENIQA_DATA_DIR=/data \
    ORT_DISABLE_TELEMETRY=1
EXPOSE 8000
VOLUME /data
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; e = os.environ; r.urlopen(f\"http://127.0.0.1:{e.get('CENIQA_PORT') or e['PORT']}/readyz\", timeout=4)"]
CMD ["python", "-m", "backend"]
