using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Files;

public sealed class A_mailing_with_referenced_content
{
    [Fact]
    public async Task Is_frozen_with_what_was_fetched()
    {
        await using var h = await WithContentAsync();
        h.Drop(Row("a@example.org"));
        var file = await h.TakeInAsync();
        Assert.Equal(FileState.Archived, file.State);
        var frozen = h.Mailings.ReadFrozen(Assert.Single(h.Mailings.OfFile(file.FileId)).ContentHash!);
        Assert.Equal("<p>Offer</p>", frozen.Content["offer"].Html);
        Assert.Equal((1, 1), (h.Content.Runs, h.Content.Asked));
    }

    [Fact]
    public async Task Fails_at_its_start_when_the_content_cannot_be_had_and_goes_on_from_there()
    {
        await using var h = await WithContentAsync();
        h.Content.Fault = new ContentException(ContentFault.Status, "https://cms.example.com/offer answers 404", "200");
        h.Drop(Row("a@example.org"));
        var file = await h.TakeInAsync();
        Assert.Equal((FileState.FailedStart, FileStep.Copy, "E404"), (file.State, file.Step, file.Code));
        Assert.Contains("Status: https://cms.example.com/offer answers 404; expected 200", file.Message, StringComparison.Ordinal);
        Assert.Empty(h.Switchboard.Started);

        h.Content.Fault = null;
        Assert.True((await h.Intake().RetryAsync(h.Zone, h.Client, file.FileId)).Done);
        await h.Intake().RunAsync(h.Zone, h.Client, file.FileId);
        Assert.Equal(FileState.Archived, h.Register.Find(file.FileId)!.State);
        Assert.Single(h.Switchboard.Started);
    }

    [Fact]
    public async Task Keeps_what_was_frozen_before_a_crash()
    {
        await using var h = await WithContentAsync();
        h.CrashAt = FileState.Copied;
        h.Drop(Row("a@example.org"));
        await Assert.ThrowsAsync<CrashException>(() => h.TakeInAsync());
        h.Content.Body = "<p>Another offer</p>";
        var file = Assert.Single(await h.RestartAsync());
        Assert.Equal("<p>Offer</p>", h.Mailings.ReadFrozen(Assert.Single(h.Mailings.OfFile(file.FileId)).ContentHash!).Content["offer"].Html);
    }

    private static async Task<IntakeHarness> WithContentAsync()
    {
        var harness = await IntakeHarness.CreateAsync();
        await harness.Definitions.ApplyAsync(new SourceMailing
        {
            Id = IntakeHarness.Source,
            ClientId = Client.Id,
            Name = "Spring",
            Subject = "Hello",
            Content = new Dictionary<string, ContentReference>(StringComparer.Ordinal) { ["offer"] = new() { Url = "https://cms.example.com/offer" } },
        });
        return harness;
    }
}
