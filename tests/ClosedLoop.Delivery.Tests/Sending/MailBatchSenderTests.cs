using ClosedLoop.Data;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Tests.Sending;

public sealed class MailBatchSenderTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SettableClock _clock = new(DateTimeOffset.UtcNow);
    private readonly DeliveryFixture _delivery;

    public MailBatchSenderTests() => _delivery = DeliveryFixture.Start(time: _clock);

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _delivery.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task Everybody_gets_one_outcome_and_the_states_add_up()
    {
        string[] addresses =
        [
            .. Enumerable.Range(0, 60).Select(i => $"reader.{i}@a.example"),
            "hard.1@a.example", "hard.2@a.example", "full.1@a.example", "spam.1@a.example",
            "later.1@a.example", "busy.1@a.example", "drop-before-dot.1@a.example", "drop-after-dot.1@a.example",
            "gone@a.example",
        ];
        await _delivery.Get<LedgerWriter>().WriteAsync(context =>
            SuppressionStore.Add(context, 9, "GONE@a.example", SuppressionKind.Unsubscribed, "test", mailingId: null, sequence: null));
        var mailing = await _delivery.MailingAsync(DeliveryFixture.Source(), _delivery.Client, addresses);

        await SendUntilOnlyLongPausesAreLeftAsync(mailing);

        var counts = _delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal(addresses.Length, counts.Total);
        Assert.Equal(60, counts.Sent);
        Assert.Equal(4, counts.Failed);
        Assert.Equal(1, counts.Suppressed);
        Assert.Equal(0, counts.Sending);

        // Two whose text was on the wire when the connection ended are in doubt, taken or not; those refused for now wait.
        Assert.Equal(2, counts.Unknown);
        Assert.Equal(2, counts.Waiting);

        // 60 sent, and the one whose reply was lost: the sink has it.
        Assert.Equal(61, _delivery.Received.Select(message => message.Record.MessageId).Distinct().Count());
        Assert.Equal(61, _delivery.Received.Count);
    }

    [Fact]
    public async Task A_message_names_its_recipient_in_every_way_back()
    {
        var mailing = await _delivery.MailingAsync(DeliveryFixture.Source(
            html: "<html><body>{{ firstname }} <a href=\"https://shop.example/?a=1&amp;n={{ firstname }}\">Shop</a> <a href=\"{{ unsubscribe_url }}\">out</a></body></html>",
            text: "{{ firstname }}: https://shop.example/t"), _delivery.Client, "anna@a.example");

        await _delivery.SendAsync(mailing);

        var received = Assert.Single(_delivery.Received);
        var message = MimeMessage.Parse(received.Raw);
        var urls = _delivery.Get<TrackingTokenCodec>();
        Assert.Equal("For anna", message.Headers["Subject"]);
        Assert.Equal($"<{mailing.MailingId}.0@sender.example>", message.Headers["Message-ID"]);
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
        Assert.True(_delivery.Get<AddressTokenCodec>().TryRead(received.Record.From.Split('@')[0], out var returnToken));
        Assert.Equal((TrackingTokenKind.Return, mailing.MailingId, 0L), (returnToken.Kind, returnToken.MailingId, returnToken.RecipientSequence));

        var click = TokenOf(message.HtmlBody!, "https://t.example/c/");
        Assert.True(urls.TryRead(click, TrackingTokenKind.Click, out var token));
        Assert.Equal("https://shop.example/?a=1&n=anna", token.Target);
        Assert.Equal(1, token.LinkOrdinal);
        Assert.True(urls.TryRead(TokenOf(message.TextBody!, "https://t.example/c/"), TrackingTokenKind.Click, out token));
        Assert.Equal((2, "https://shop.example/t"), (token.LinkOrdinal, token.Target));
        Assert.True(urls.TryRead(TokenOf(message.HtmlBody!, "https://t.example/o/"), TrackingTokenKind.Open, out _));
        Assert.True(urls.TryRead(TokenOf(message.HtmlBody!, "https://t.example/u/"), TrackingTokenKind.Unsubscribe, out _));
        Assert.Contains("https://t.example/u/", message.Headers["List-Unsubscribe"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_rendered_again_are_those_that_were_sent()
    {
        var source = DeliveryFixture.Source(
            html: "<a href=\"https://a.example/{{ firstname }}\">One</a>{% if lastname %}<a href=\"https://b.example\">never</a>{% endif %}<a href=\"not a url\">x</a>",
            text: "https://c.example/{{ firstname }}");
        var mailing = await _delivery.MailingAsync(source, _delivery.Client, "anna@a.example");
        var due = _delivery.Ledger.ReadDue(mailing.MailingId, 9, 0, 1, long.MaxValue, 1, _delivery.Client.Bounce).Single();

        var links = _delivery.Get<IRenderedLinks>().Of(mailing.ContentHash!, mailing.MailingId, 0, mailing.RecipientId(0), due.Address, due.Fields);

        Assert.Equal([new RenderedLink("One", "https://a.example/anna"), new RenderedLink("https://c.example/anna", "https://c.example/anna")], links);
    }

    [Fact]
    public async Task A_recipient_whose_data_breaks_the_message_fails_alone()
    {
        var mailing = await _delivery.MailingAsync(
            DeliveryFixture.Source("{% if firstname == 'bad' %}{% for i in (1..2000000) %}x{% endfor %}{% endif %}ok"), _delivery.Client, "good@a.example", "bad@a.example", "fine@a.example");

        await _delivery.SendAsync(mailing);

        var counts = _delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal((2, 1), (counts.Sent, counts.Failed));
        Assert.Equal(2, _delivery.Received.Count);
    }

    [Fact]
    public async Task A_relay_that_cannot_be_reached_leaves_nobody_in_doubt()
    {
        var mailing = await _delivery.MailingAsync(DeliveryFixture.Source(), _delivery.Client, "a@a.example", "b@a.example");
        await _delivery.StopSinkAsync();

        var result = await _delivery.SendAsync(mailing);

        Assert.Equal(2, _delivery.Ledger.Count(mailing.MailingId).Waiting);
        Assert.InRange(Instants.FromMicroseconds(result.NextDue!.Value) - _clock.Now, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
    }

    [Theory]
    [InlineData(UnknownPolicy.Hold, 0, 1)]
    [InlineData(UnknownPolicy.Resend, 1, 0)]
    public async Task A_recipient_left_claimed_by_a_crash_is_settled_by_policy(UnknownPolicy policy, int sent, int unknown)
    {
        var client = _delivery.Client with { Mail = new MailSettings { Unknown = policy } };
        var mailing = await _delivery.MailingAsync(DeliveryFixture.Source(), client, "a@a.example");
        var claimed = await _delivery.Ledger.ClaimAsync(mailing.MailingId, [0]);
        Assert.True(claimed[0]);

        await _delivery.SendAsync(mailing);

        var counts = _delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal((sent, unknown), ((int)counts.Sent, (int)counts.Unknown));
        Assert.Equal(sent, _delivery.Received.Count);
    }

    [Fact]
    public async Task An_outcome_that_cannot_be_stored_now_is_stored_later_and_leaves_nobody_in_doubt()
    {
        var mailing = await _delivery.MailingAsync(DeliveryFixture.Source(), _delivery.Client, [.. Enumerable.Range(0, 20).Select(i => $"reader.{i}@a.example")]);
        var writer = _delivery.Get<LedgerWriter>();

        // Stands for a full disk that still has room for the claim.
        await writer.WriteAsync(context => context.Execute("CREATE TRIGGER no_room BEFORE UPDATE ON ledger WHEN NEW.state = 2 BEGIN SELECT RAISE(ABORT, 'no room'); END"));
        var sending = _delivery.SendAsync(mailing);
        while (_delivery.Received.Count < 8) await Task.Delay(5);
        await Task.WhenAny(sending, Task.Delay(200));
        Assert.False(sending.IsCompleted);
        Assert.Equal(8, _delivery.Ledger.Count(mailing.MailingId).Sending);

        await writer.WriteAsync(context => context.Execute("DROP TRIGGER no_room"));
        await sending;

        Assert.Equal(20, _delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.Equal(20, _delivery.Received.Count);
    }

    [Fact]
    public async Task A_paused_mailing_claims_nobody()
    {
        var mailing = await _delivery.MailingAsync(DeliveryFixture.Source(), _delivery.Client, "a@a.example");
        await _delivery.Get<MailingStore>().MoveAsync(mailing.MailingId, MailingState.Paused, MailingState.Sending);

        await _delivery.SendAsync(mailing);

        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Waiting);
        Assert.Empty(_delivery.Received);
    }

    [Fact]
    public async Task Temporary_refusals_end_as_a_temporary_bounce_when_the_retry_time_is_over()
    {
        var client = _delivery.Client with { Mail = new MailSettings { RetryHours = 0 } };
        var mailing = await _delivery.MailingAsync(DeliveryFixture.Source(), client, "later.1@a.example");

        await _delivery.SendAsync(mailing);

        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Failed);
        using var connection = _delivery.Get<Database>().OpenRead();
        using var statement = new Statement(connection, "SELECT category FROM response WHERE mailing_id = $1");
        Assert.Equal((long)Model.Responses.ResponseCategory.TemporaryBounce, statement.Scalar(mailing.MailingId));
    }

    private async Task SendUntilOnlyLongPausesAreLeftAsync(MailingRow mailing)
    {
        while (true)
        {
            var result = await _delivery.SendAsync(mailing);
            var wait = Instants.FromMicroseconds(result.NextDue!.Value) - _clock.Now;
            if (wait > TimeSpan.FromMinutes(4)) return;
            if (wait > TimeSpan.Zero) _clock.Now += wait;
        }
    }

    private static string TokenOf(string body, string prefix)
    {
        var start = body.IndexOf(prefix, StringComparison.Ordinal) + prefix.Length;
        var end = start;
        while (end < body.Length && (char.IsLetterOrDigit(body[end]) || body[end] is '-' or '_')) end++;
        return body[start..end];
    }
}
