using ClosedLoop.Delivery;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Simulation;
using ClosedLoop.Silo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Silo.Tests.Simulation;

public sealed class SimulatedClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = SimulatedStart.Default;

    private readonly TempFolder _folder = new();

    [Fact]
    public void It_stands_still_until_it_is_set_and_never_goes_back()
    {
        var clock = SimulatedClock.For(_folder.Path, Start);
        Assert.Equal((Start, Start), (clock.GetUtcNow(), clock.GetUtcNow()));

        clock.Set(Start.AddHours(5));
        clock.Set(Start.AddHours(4));
        Assert.Equal(Start.AddHours(5), clock.GetUtcNow());

        clock.Release();
        Assert.InRange(clock.GetUtcNow(), Start.AddHours(5), Start.AddHours(6));
    }

    [Fact]
    public void An_installation_gets_no_simulated_clock()
    {
        _folder.Write("closedloop.db", "");
        Assert.Contains("CL9690", Assert.Throws<CommandException>(() => SimulatedClock.For(_folder.Path, Start)).Message, StringComparison.Ordinal);
        Assert.Throws<CommandException>(() => SimulatedClock.For(Path.Combine(_folder.Path, "nowhere"), Start));
    }

    /// <summary>Each differs in one thing from the service that the clock was made for.</summary>
    public static TheoryData<string> Others => ["mode", "sink of others", "sink elsewhere", "folder"];

    [Theory]
    [MemberData(nameof(Others))]
    public void No_other_service_starts_with_it(string other)
    {
        var own = new SiloSettings { Data = Directory.CreateDirectory(Path.Combine(_folder.Path, "own")).FullName };
        var clock = SimulatedClock.For(own.DataPath, Start);
        var settings = other switch
        {
            "mode" => own with { Delivery = new DeliverySettings { Mode = DeliveryMode.Live, ClientName = "mail.example.org" }, Tracking = new TrackingSettings { BaseUrl = "https://links.example.org" } },
            "sink of others" => own with { Sink = new SinkSettings { Embedded = false } },
            "sink elsewhere" => own with { Sink = new SinkSettings { Host = "192.0.2.1" } },
            _ => own with { Data = Path.Combine(_folder.Path, "other") },
        };

        var refusal = Assert.Throws<CommandException>(() => SiloHost.Build(settings, services => services.AddSingleton<TimeProvider>(clock), LogLevel.Error));
        Assert.Equal(ExitCode.Refused, refusal.ExitCode);
        Assert.Contains("CL9690", refusal.Message, StringComparison.Ordinal);

        // However it is registered.
        Assert.Throws<CommandException>(() => SiloHost.Build(settings, services => services.AddSingleton<TimeProvider>(_ => clock), LogLevel.Error));
        Assert.False(File.Exists(settings.DatabasePath));
    }

    [Fact]
    public void No_setting_leads_to_it()
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Collect(typeof(SiloSettings), names);
        Assert.Contains("Delivery", names);
        Assert.DoesNotContain(names, name => name.Contains("clock", StringComparison.OrdinalIgnoreCase) || name.Contains("simulat", StringComparison.OrdinalIgnoreCase) || name.Contains("seed", StringComparison.OrdinalIgnoreCase));

        static void Collect(Type type, HashSet<string> names)
        {
            foreach (var property in type.GetProperties().Where(property => names.Add(property.Name) && property.PropertyType.Namespace == type.Namespace)) Collect(property.PropertyType, names);
        }
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
