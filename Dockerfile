# Momentum in a container. The font cache of its charts is made here, so that the first one is not slow.
FROM python:3.11-slim

# Two arenas: with one a thread, glibc keeps what each ever needed at once.
ENV PYTHONUNBUFFERED=1 MPLCONFIGDIR=/var/cache/momentum MALLOC_ARENA_MAX=2
WORKDIR /app
COPY pyproject.toml requirements.lock README.md LICENSE manifest.yml ./
COPY bot/ bot/
COPY handlers/ handlers/
COPY models/ models/
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock \
    && pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && useradd --system --home-dir /data momentum \
    && mkdir -p /data "$MPLCONFIGDIR" \
    && chown momentum: /data "$MPLCONFIGDIR" \
    && chmod 700 /data
USER momentum
RUN python -c "import matplotlib.font_manager"

ENV DATABASE_URL=sqlite:////data/momentum.db HEALTH_PORT=8080
VOLUME /data
EXPOSE 3000 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["momentum"]
CMD ["run"]
