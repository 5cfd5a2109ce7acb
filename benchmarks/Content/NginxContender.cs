using System.Globalization;

namespace EdgeGateway.Benchmarks.Content;

/// <summary>
/// nginx as a cache in front of one origin: one request at a time fetches, the others wait for it (<c>proxy_cache_lock</c>), for as long as it
/// takes; the kernel sends what is cached.
/// </summary>
internal sealed class NginxContender(string program) : ICacheContender
{
    public string Name => "nginx";

    public async Task<RunningCache> StartAsync(string folder, int originPort, CancellationToken cancellationToken)
    {
        var port = ServerProcess.FreePort();
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, Configuration(folder, port, originPort), cancellationToken);
        var process = ServerProcess.Start(program, folder, "-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", file);
        await process.ListensAsync(port, cancellationToken);
        return new RunningCache(process, port, "");
    }

    private static string Configuration(string folder, int port, int originPort) => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off;
        {{(Environment.UserName == "root" ? "user root;" : "")}}
        worker_processes auto;
        pid {{folder}}/nginx.pid;
        events { worker_connections 1024; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          keepalive_requests 1000000000;
          client_body_temp_path {{folder}}/body;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          proxy_cache_path {{folder}}/cache levels=1:2 keys_zone=content:10m max_size=1g inactive=1d use_temp_path=off;
          server {
            listen 127.0.0.1:{{port}};
            location / {
              proxy_pass http://127.0.0.1:{{originPort}};
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_cache content;
              proxy_cache_valid 200 1d;
              proxy_cache_lock on;
              proxy_cache_lock_timeout 10m;
              proxy_cache_lock_age 10m;
            }
          }
        }
        """);
}
