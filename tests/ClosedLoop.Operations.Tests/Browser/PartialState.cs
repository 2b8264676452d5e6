using ClosedLoop.Data.Clients;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>Three clients; whoever looks into the folder of one of them hangs until the end.</summary>
#pragma warning disable CA1001 // disposed by IAsyncLifetime, which the test framework calls
public sealed class PartialState : BrowserHere
#pragma warning restore CA1001
{
    private const string Silent = "silent";
    private readonly ManualResetEventSlim _end = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (!File.Exists(Chromium.Path)) return;
        var definitions = Get<DefinitionStore>();
        var client = definitions.FindClient("demo")!.Value;
        await definitions.ApplyAsync(client with { Id = client.Id + 1, Key = "second", Name = "Second" });
        await definitions.ApplyAsync(client with { Id = client.Id + 2, Key = Silent, Name = "Silent" });
    }

    public override async Task DisposeAsync()
    {
        _end.Set();
        await base.DisposeAsync();
        _end.Dispose();
    }

    protected override void Configure(IServiceCollection services) =>
        services.AddSingleton<IDropZones>(provider => new Zones(new DropZones(Path.Combine(Installation.Data, "drop"), TimeProvider.System, provider.GetRequiredService<ILoggerFactory>()), _end));

    private sealed class Zones(DropZones real, ManualResetEventSlim end) : IDropZones
    {
        public IDropZone Open(ClientDefinition client)
        {
            // On the grain's own turn, so that it answers nobody.
            if (client.Key == Silent) end.Wait();
            return real.Open(client);
        }
    }
}
