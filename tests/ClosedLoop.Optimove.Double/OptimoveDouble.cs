using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ClosedLoop.Optimove.Double;

/// <summary>A stand-in for Optimove's API (optimove spec section 16): one process, everything in memory, able to fail on command.</summary>
public sealed class OptimoveDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ListenerCalls _calls;

    private OptimoveDouble(WebApplication app, DoubleState state, ListenerCalls calls) => (_app, State, _calls) = (app, state, calls);

    public DoubleState State { get; }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <param name="address">Address to listen on; port 0 takes a free one.</param>
    public static async Task<OptimoveDouble> StartAsync(string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
        var state = new DoubleState();
        var calls = new ListenerCalls(state);
        var app = builder.Build();
        var api = new DoubleApi(state);
        var control = new ControlApi(state, calls);
        app.Run(context => context.Request.Path.StartsWithSegments("/_double", StringComparison.Ordinal) ? control.HandleAsync(context) : api.HandleAsync(context));
        await app.StartAsync();
        return new OptimoveDouble(app, state, calls);
    }

    /// <inheritdoc cref="ListenerCalls.FireAsync"/>
    public Task<IReadOnlyList<int>> FireAsync(FireOrder order) => _calls.FireAsync(order);

    public Task EndAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _calls.Dispose();
    }
}
