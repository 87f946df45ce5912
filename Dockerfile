# One image for web, worker, scheduler and migrations; docker-compose.yml says which one runs.
FROM python:3.11.11-slim-bookworm

# What is written besides the database: the data packages, which the worker builds and the web serves.
ENV ARTICLE10_VAR=/srv/article10
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# Before the code, so that a change of the code does not install anything anew.
COPY requirements/prod.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/prod.txt

COPY . .
# The key is needed to read the settings and ends with this line. The number of the user is told, for shared stores.
RUN SECRET_KEY=only-for-collecting-static-files python manage.py collectstatic --noinput \
 && python -m compileall -q api tracker \
 && useradd --system --no-create-home --uid 999 article10 \
 && install --directory --owner=article10 "$ARTICLE10_VAR" /srv/static

USER 999
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "gunicorn.conf.py", "tracker.wsgi"]
