# One image for a laptop, a cluster node and a Hugging Face Space (Docker SDK). The model is built here, once;
# nothing is downloaded when the container runs. What changes seldom lies in the layers below what changes often.

# --- everything that requirements.txt locks, each file against its hash ---------------------------------------
FROM python:3.13-slim-trixie AS installed
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /srv/inroad
RUN python -m venv --without-pip /srv/venv
COPY requirements.txt .
RUN pip --python /srv/venv/bin/python install --quiet --no-compile --require-hashes --only-binary :all: \
    --requirement requirements.txt

# --- the embedding model --------------------------------------------------------------------------------------
FROM installed AS model
COPY errors.py domain.py kinds.py settings.py ./
COPY language language
COPY matching matching
RUN /srv/venv/bin/python -m ensurepip && /srv/venv/bin/python -m matching.build

# --- the packages, without what the app never loads, without debuggers' tables, compiled ----------------------
FROM installed AS packages
# hadolint ignore=DL3008
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*
COPY deploy/image deploy/image
RUN /srv/venv/bin/python deploy/image/slim.py deploy/image/unused.txt /srv/venv/lib/python*/site-packages && \
    find /srv/venv -name '*.so*' -type f -not -path '*.libs/*' -exec strip --strip-unneeded {} + && \
    /srv/venv/bin/python -W ignore -m compileall -q --invalidation-mode unchecked-hash /srv/venv && \
    deploy/image/within.sh /srv/venv 480

# --- the app's own code, compiled -----------------------------------------------------------------------------
FROM installed AS code
COPY . .
RUN rm -r deploy requirements.txt && /srv/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash .

# --- what runs ------------------------------------------------------------------------------------------------
FROM python:3.13-slim-trixie
ENV INROAD_ENV=production PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp GRADIO_TEMP_DIR=/tmp/gradio GRADIO_ANALYTICS_ENABLED=False INROAD_DATA_DIR=/data
WORKDIR /srv/inroad
# The database file where there is no server, and the index of evidence; without a volume they go with the container.
# Writable for whoever runs it: a Hugging Face Space does so as user 1000.
RUN install -d -o 10001 -g 10001 -m 1777 /data
COPY --from=packages /srv/venv /srv/venv
COPY --from=model /srv/inroad/models models
COPY --from=code /srv/inroad .
VOLUME /data
USER 10001:10001
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=180s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ.get(\"PORT\", 7860)}/health/live', timeout=4)"]
CMD ["python", "app.py"]
# Of what this was built, where a build says so: its version, commit, repository and time.
ARG VERSION REVISION SOURCE CREATED
ENV INROAD_REVISION=$REVISION
LABEL org.opencontainers.image.title="Inroad" \
      org.opencontainers.image.description="A careers page in, a provable draft out" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.created="$CREATED"
