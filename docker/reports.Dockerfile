# The sample job host. Context: the root of the repository. A host of one's own is built in the same way.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props .editorconfig ./
COPY Console.Jobs/*.csproj Console.Jobs/
COPY samples/Reports/*.csproj samples/Reports/
RUN dotnet restore samples/Reports
COPY Console.Jobs Console.Jobs
COPY samples/Reports samples/Reports
RUN dotnet publish samples/Reports --no-restore --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/runtime:10.0
WORKDIR /app
RUN mkdir /data && chown "$APP_UID" /data
COPY --from=build /app .
COPY docker/start.sh docker/worker-alive.sh /opt/ops/
USER $APP_UID
VOLUME /data
ENV Reports__DataFolder=/data/files \
    Log__Folder=/data/logs
# A worker that hangs or cannot reach Redis stops beating; its record then expires.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 CMD ["bash", "/opt/ops/worker-alive.sh"]
ENTRYPOINT ["bash", "/opt/ops/start.sh", "OpsConsole.Samples.Reports.dll"]
