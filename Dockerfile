# Siyaq in a container: built with the versions of constraints.txt, run as a user that owns nothing but its archive.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
# The embedded model has ready-made builds for x86-64 Linux; elsewhere it is compiled, which takes a compiler.
RUN apt-get update && apt-get install --no-install-recommends --yes gcc libc6-dev && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/siyaq
COPY constraints.txt pyproject.toml README.md LICENSE ./
COPY rag ./rag
COPY ingest ./ingest
COPY bot ./bot
RUN /opt/siyaq/bin/pip install --quiet --no-cache-dir --constraint constraints.txt .

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install --no-install-recommends --yes libgomp1 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home --home-dir /srv/siyaq siyaq
COPY --from=build /opt/siyaq /opt/siyaq
COPY samples /srv/siyaq/samples
RUN install --directory --owner=siyaq --group=siyaq /srv/siyaq/archive
ENV PATH=/opt/siyaq/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ANONYMIZED_TELEMETRY=False \
    OMP_NUM_THREADS=2 \
    SIYAQ_ARCHIVE__DIR=/srv/siyaq/archive
WORKDIR /srv/siyaq
USER siyaq
VOLUME ["/srv/siyaq/archive"]
HEALTHCHECK --interval=5m --timeout=60s --start-period=60s CMD ["siyaq", "doctor"]
ENTRYPOINT ["siyaq"]
CMD ["bot"]
