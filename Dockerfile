# One image for a laptop, a cluster node and a Hugging Face Space (Docker SDK). The model is built here, once;
# nothing is downloaded when the container runs.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/inroad
RUN python -m venv /srv/venv
COPY requirements.txt .
RUN /srv/venv/bin/pip install --quiet --requirement requirements.txt
COPY errors.py domain.py kinds.py settings.py ./
COPY language language
COPY matching matching
RUN /srv/venv/bin/python -m matching.build && \
    /srv/venv/bin/pip uninstall --quiet --yes onnx ml_dtypes safetensors pip && \
    /srv/venv/bin/python -m compileall -q /srv/venv

FROM python:3.13-slim
ENV INROAD_ENV=production PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 \
    HOME=/tmp GRADIO_TEMP_DIR=/tmp/gradio GRADIO_ANALYTICS_ENABLED=False INROAD_DATA_DIR=/data
WORKDIR /srv/inroad
COPY --from=build /srv/venv /srv/venv
COPY --from=build /srv/inroad/models models
COPY . .
# Evidence, its index and nothing else; without a volume it goes with the container.
RUN install -d -o 10001 -g 10001 /data
VOLUME /data
USER 10001:10001
EXPOSE 7860
HEALTHCHECK --start-period=60s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:7860/health/live')"]
CMD ["python", "app.py"]
