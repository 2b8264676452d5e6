using System.Net;
using System.Net.Http.Headers;
using ClosedLoop.Operations.Access;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Operator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Operations.Tests.Support;

/// <summary>The whole service in this process, on a data folder of its own.</summary>
public class ServedHere : IAsyncLifetime
{
    private Installation _installation = null!;

    public WebApplication App { get; private set; } = null!;

    public string OperatorAddress => _installation.OperatorAddress;

    public string PublicAddress => _installation.Address;

    internal Installation Installation => _installation;

    public string CommandLineToken => App.Services.GetRequiredService<OperationsOptions>().CommandLineToken;

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public virtual async Task InitializeAsync()
    {
        _installation = await InstallAsync();
        var settings = new SiloSettings
        {
            Data = _installation.Data,
            Http = new HttpSettings { Listen = _installation.Address },
            Operator = Change(new OperatorSettings { Listen = _installation.OperatorAddress }, _installation.Definitions),
            Sink = new SinkSettings { Port = _installation.SinkPort },
            ClientScanSeconds = 0.5,
        };
        if (_installation.ConnectionString is { } connection) settings = settings with { Database = new DatabaseSettings { Provider = ClosedLoop.Data.DatabaseKind.Postgres, ConnectionString = connection } };
        App = SiloHost.Build(Change(settings), Configure, LogLevel.Error);
        await App.StartAsync();
        await Eventually.ThatAsync("file of the operator token", () => File.Exists(OperatorAccess.PathOf(settings)));
    }

    /// <summary>The installation, for who needs another.</summary>
    private protected virtual Task<Installation> InstallAsync() => Installation.CreateAsync();

    /// <summary>Settings of the service, for who needs others.</summary>
    private protected virtual SiloSettings Change(SiloSettings settings) => settings;

    /// <summary>Settings of the operator listener, for who needs others.</summary>
    /// <param name="settings">As they are otherwise.</param>
    /// <param name="folder">A folder for files that they name.</param>
    protected virtual OperatorSettings Change(OperatorSettings settings, string folder) => settings;

    /// <summary>Last changes to the services, for who needs others.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>A client that follows no redirects and keeps cookies.</summary>
    public HttpClient Client(string? bearer = null, bool isPublic = false)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(isPublic ? PublicAddress : OperatorAddress) };
        if (bearer is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return client;
    }

    /// <summary>A browser's client that came in by a link.</summary>
    public async Task<HttpClient> SignedInAsync()
    {
        var client = Client();
        var token = Get<SignInLinks>().Create();
        using var page = await client.GetAsync(new Uri("/login?token=" + token, UriKind.Relative));
        using var answer = await client.PostAsync(new Uri("/login/link", UriKind.Relative), await FormText.OfAsync(page, ("token", token)));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    public virtual async Task DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _installation.Dispose();
    }
}
