using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Grains.Clients;
using ClosedLoop.Grains.Embedded;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Intake.Tests.Files;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Zones;

/// <summary>The poller on the embedded engine, over a real database and real folders.</summary>
public sealed class Drop_zone_polling : IAsyncLifetime
{
    private const string Second = "20260303091000_subscribers.csv";
    private const string Third = "20260304091000_subscribers.csv";
    private IntakeHarness _h = null!;
    private readonly ChangingRoom _room = new();
    private IHost _host = null!;

    private IDropZoneGrain Zone => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IDropZoneGrain>(Client.Key);

    public async Task InitializeAsync()
    {
        _h = await IntakeHarness.CreateAsync();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddLogging()
            .AddSingleton(_h.Database).AddSingleton(_h.Writer).AddSingleton(_h.Definitions).AddSingleton(_h.Mailings).AddSingleton(_h.Ledger)
            .AddSingleton<IReferencedContent>(_h.Content).AddSingleton<IProductUse>(_h.ProductUse)
            .AddEmbeddedGrains(options => options.AddAssembly(typeof(DropZoneGrain).Assembly).AddAssembly(typeof(TestClientGrain).Assembly).UseMemory())
            .AddSingleton<IIntakeRoom>(_room)
            .AddSingleton(new Blocklist(_h.Database, _h.Writer))
            .AddSingleton(new ErasedPeople(_h.Database, _h.Writer, () => new ErasureKey(new byte[ErasureKey.Size])))
            .AddIntake(_h.DropRoot);
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _h.DisposeAsync();
    }

    [Fact]
    public async Task Takes_waiting_files_one_after_the_other_in_the_order_of_their_names()
    {
        _h.Drop(Row("b@example.org"), Second);
        _h.Drop(Row("a@example.org"));
        _h.Drop(Row("x@example.org"), Third + ".tmp");
        await Zone.StartAsync();
        await Until(() => _h.Register.Latest(9).Count(f => f.State == FileState.Archived) == 2);
        Assert.Equal([Second, IntakeHarness.Name], _h.Register.Latest(9).Select(f => f.Name));
        Assert.Equal([Third + ".tmp"], _h.Files("in"));

        File.Move(_h.Path("in", Third + ".tmp"), _h.Path("in", Third));
        await Zone.PollAsync();
        await Until(() => _h.Register.Latest(1)[0] is { State: FileState.Archived, Name: Third });
    }

    [Fact]
    public async Task Nothing_is_taken_in_while_there_is_no_room_and_everything_afterwards()
    {
        _room.Text = "CL3215: the disk is nearly full";
        _h.Drop(Row("a@example.org"));
        await Zone.StartAsync();
        await UntilAsync(async () => await Zone.GetStatusAsync() is { Waiting: 1, Running: true, Reason: "CL3215: the disk is nearly full" });
        Assert.Empty(_h.Register.Latest(9));
        Assert.Equal([IntakeHarness.Name], _h.Files("in"));

        _room.Text = null;
        await Zone.PollAsync();
        await Until(() => _h.Register.Latest(9) is [{ State: FileState.Archived }]);
        Assert.Null((await Zone.GetStatusAsync()).Reason);
    }

    [Fact]
    public async Task Failed_file_stops_the_folder_until_it_is_discarded()
    {
        _h.Drop("torn");
        _h.Drop(Row("a@example.org"), Second);
        await Zone.StartAsync();
        await UntilAsync(async () => await Zone.GetStatusAsync() is { Running: false, CurrentFile: null });
        await Zone.PollAsync();
        var status = await Zone.GetStatusAsync();
        Assert.Equal(1, status.Waiting);
        Assert.Contains("E111", status.Reason, StringComparison.Ordinal);
        Assert.Equal([Second], _h.Files("in"));

        var failed = Assert.Single(_h.Register.Latest(9));
        Assert.True((await Zone.DiscardAsync(failed.FileId)).Done);
        await Until(() => _h.Register.Latest(1)[0] is { State: FileState.Archived, Name: Second });
    }

    [Fact]
    public async Task File_that_waits_for_approval_is_passed_by_others_but_not_by_one_of_its_name()
    {
        await _h.Definitions.ApplyAsync(Client with { Import = Client.Import with { Guards = new() } });
        _h.Drop(Row("a@example.org") + Row("b@example.org"));
        await Zone.StartAsync();
        await Until(() => _h.Register.Latest(9) is [{ State: FileState.Archived }]);
        _h.Drop(Row("a@example.org"), Second);
        await Zone.PollAsync();
        await Until(() => _h.Register.Latest(9)[0] is { State: FileState.AwaitingApproval });
        _h.Drop(Row("c@example.org"), Second);
        _h.Drop(Row("a@example.org") + Row("c@example.org"), Third);
        await Zone.PollAsync();
        await Until(() => _h.Register.Latest(9)[0] is { State: FileState.Archived, Name: Third });
        Assert.Equal([Second], _h.Files("in"));
        Assert.True((await Zone.GetStatusAsync()).Running);

        var held = Assert.Single(_h.Register.Held(ClientId));
        Assert.True((await Zone.ApproveAsync(held.FileId, "command line", person: null, "it is right")).Done);
        await Until(() => _h.Register.Find(held.FileId)!.State == FileState.Archived);

        // The other one of the name is claimed now, and is the repetition that it is.
        await Until(() => _h.Register.Latest(9)[0] is { Code: "E103", Name: Second });
    }

    [Fact]
    public async Task Product_files_go_before_recipient_files_and_a_broken_one_holds_up_nobody()
    {
        _h.Drop(Row("a@example.org"), Second);
        File.WriteAllText(_h.Path("products", "20260303091000_products.csv"), "id;name\nP-1;Cup\n");
        File.WriteAllText(_h.Path("products", "20260303091000_mapping.csv"), "no mapping");
        File.WriteAllText(_h.Path("products", "20260304091000_products.csv"), "id;name\nP-2;Pot\n");
        await Zone.StartAsync();
        await Until(() => _h.Register.Latest(9).Count(f => f.State is FileState.Archived or FileState.FailedImport) == 4);
        Assert.Equal(
            ["20260303091000_mapping.csv FailedImport", "20260303091000_products.csv Archived", Second + " Archived", "20260304091000_products.csv Archived"],
            _h.Register.Latest(9).Reverse().Select(f => $"{f.Name} {f.State}"));
        Assert.True((await Zone.GetStatusAsync()).Running);
    }

    [Fact]
    public async Task Retried_file_is_taken_before_later_ones()
    {
        _h.Drop(Row("a@example.org", "71000000999"));
        _h.Drop(Row("a@example.org"), Second);
        await Zone.StartAsync();
        await UntilAsync(async () => await Zone.GetStatusAsync() is { Running: false, CurrentFile: null });
        var failed = Assert.Single(_h.Register.Latest(9));
        await _h.Definitions.ApplyAsync(new Model.Mailings.SourceMailing { Id = 71000000999, ClientId = ClientId, Name = "Late", Subject = "s" });
        Assert.True((await Zone.RetryAsync(failed.FileId)).Done);
        await Until(() => _h.Register.Latest(9).Count(f => f.State == FileState.Archived) == 2);
        Assert.Equal([failed.FileId, failed.FileId + 1], _h.Register.InState(ClientId, FileState.Archived).Select(f => f.FileId));
    }

    [Fact]
    public async Task Start_takes_up_what_a_crash_left_behind()
    {
        _h.Drop(Row("a@example.org"));
        _h.CrashAt = FileState.Imported;
        await Assert.ThrowsAsync<CrashException>(() => _h.TakeInAsync());
        await Zone.StartAsync();
        await Until(() => _h.Register.Latest(1)[0].State == FileState.Archived);
        Assert.Equal(1, _h.Count("SELECT COUNT(*) FROM ledger"));
    }

    [Fact]
    public async Task Start_by_the_client_ends_an_interrupted_failure_and_stops_the_folder()
    {
        _h.Drop("torn");
        _h.CrashAt = FileState.FailedImport;
        await Assert.ThrowsAsync<CrashException>(() => _h.TakeInAsync());
        await _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IClientGrain>(Client.Key).StartAsync();
        await UntilAsync(async () => await Zone.GetStatusAsync() is { Running: false });
        await Until(() => _h.Files("error").Contains(IntakeHarness.Name));
    }

    [Fact]
    public async Task Failed_start_that_is_retried_goes_on()
    {
        _h.Switchboard.StartFault = new InvalidOperationException("CL4002: no");
        _h.Drop(Row("a@example.org"));
        var failed = await _h.TakeInAsync();
        Assert.Equal(FileState.FailedStart, failed.State);
        await Zone.StartAsync();
        Assert.True((await Zone.RetryAsync(failed.FileId)).Done);
        await Until(() => _h.Register.Latest(1)[0].State == FileState.Archived);
    }

    private static Task Until(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition()) await Task.Delay(10, giveUp.Token);
    }
}
