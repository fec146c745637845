# The console. Context: the root of the repository.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
# What the packages depend on comes first, so that a change in the code does not restore them again.
COPY Directory.Build.props Directory.Packages.props .editorconfig ./
COPY Console.Jobs/*.csproj Console.Jobs/
COPY Console.Data/*.csproj Console.Data/
COPY Console.Web/*.csproj Console.Web/*.targets Console.Web/
RUN dotnet restore Console.Web
COPY Console.Jobs Console.Jobs
COPY Console.Data Console.Data
COPY Console.Web Console.Web
COPY samples/schedules samples/schedules
RUN dotnet publish Console.Web --no-restore --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
RUN mkdir /data && chown "$APP_UID" /data
COPY --from=build /app .
COPY scripts/ready.sh docker/start.sh /opt/ops/
USER $APP_UID
VOLUME /data
ENV ASPNETCORE_HTTP_PORTS=8080 Log__Folder=/data/logs
EXPOSE 8080
# Alive, not ready: a restart of this container does not mend a database that is away.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 CMD ["bash", "/opt/ops/ready.sh", "8080", "/health/live"]
ENTRYPOINT ["bash", "/opt/ops/start.sh", "OpsConsole.Web.dll"]
