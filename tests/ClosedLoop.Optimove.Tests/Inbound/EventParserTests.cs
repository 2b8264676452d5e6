using System.Text;
using System.Text.Json;
using ClosedLoop.Model;
using ClosedLoop.Optimove.Inbound;

namespace ClosedLoop.Optimove.Tests.Inbound;

/// <summary>Calls of listeners, whatever way they are written.</summary>
public sealed class EventParserTests
{
    [Theory]
    [InlineData("""{ "EventTypeID": 13, "TimeStamp": "2031-03-04 08:10:00", "CampaignID": 70123, "ChannelID": 506 }""")]
    [InlineData("""{ "eventTypeId": 13, "timeStamp": "2031-03-04 08:10:00", "campaignId": 70123, "channelId": 506 }""")]
    [InlineData("""{ "eventtypeid": "13", "timestamp": "2031-03-04 08:10:00", "campaignid": " 70123 ", "channelid": "506" }""")]
    public void A_scheduled_campaign_reads_the_same_in_every_style(string body)
    {
        var parsed = Parse(body);
        Assert.Equal((13, "70123", 506, "2031-03-04 08:10:00"), (parsed.Type, parsed.Campaign, parsed.ChannelId, parsed.TimeStamp));
        Assert.Empty(parsed.Parameters);
    }

    [Fact]
    public void A_trigger_keeps_its_parameters_and_does_not_interpret_its_notes()
    {
        var parsed = Parse("""
            { "eventTypeID": 11, "campaignID": "9f3c-77", "channelID": 506, "templateID": 234, "customerID": "00123", "promoCode": "A, B,,C", "notes": "{\"duration\":3}", "cart_value": 42.5,
              "deep": { "x": 1 }, "nothing": null, "customerAttributes": { "vip": true } }
            """);
        Assert.Equal("00123", parsed.Customer);
        Assert.Equal(["A", "B", "C"], parsed.PromoCodes);
        Assert.Equal("{\"duration\":3}", parsed.Notes);
        Assert.Equal([("cart_value", "42.5"), ("vip", "true")], parsed.Parameters.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Promotion_codes_come_as_an_array_as_well() => Assert.Equal(["SPRING10", "FREESHIP"], Parse("""{ "promoCode": ["SPRING10", "FREESHIP"] }""").PromoCodes);

    [Fact]
    public void The_text_NULL_stands_for_nothing() => Assert.Null(Parse("""{ "templateID": "NULL", "customerID": "NULL" }""").Customer);

    [Fact]
    public void Parameters_are_limited_in_number_and_length()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, EventParser.MostParameters + 1).Select(i => $"\"p{i}\":\"{new string('x', EventParser.LongestParameter + 1)}\"")) + "}";
        var parsed = Parse(body);
        Assert.Equal(EventParser.MostParameters, parsed.Parameters.Count);
        Assert.All(parsed.Parameters.Values, value => Assert.Equal(EventParser.LongestParameter, value.Length));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Sixteen_levels_are_enough(int levels, bool passes)
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);
        if (passes) Parse(body);
        else Assert.ThrowsAny<JsonException>(() => Parse(body));
    }

    [Theory]
    [InlineData("2031-03-04 08:10", "2031-03-04T05:10:00Z")]
    [InlineData("2031-03-04 08:10:30", "2031-03-04T05:10:30Z")]
    [InlineData("2031-03-04T08:10:30", "2031-03-04T05:10:30Z")]
    [InlineData("2031-03-04T08:10:30Z", "2031-03-04T08:10:30Z")]
    [InlineData("2031-03-04T08:10:30+01:00", "2031-03-04T07:10:30Z")]
    public void A_time_without_a_zone_is_in_that_of_the_connector(string text, string expected) => Assert.Equal(
        Instants.ToMicroseconds(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture)), EventParser.TimeOf(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Istanbul")));

    [Fact]
    public void Random_octets_are_refused_or_read_and_nothing_else()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var good = Encoding.UTF8.GetBytes("""{ "eventTypeID": 11, "campaignID": "9f3c-77", "promoCode": ["A"], "customerAttributes": { "vip": true }, "n": 1e400 }""");
        for (var i = 0; i < 5_000; i++)
        {
            var octets = good.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--) octets[random.Next(octets.Length)] = (byte)random.Next(256);
            try
            {
                EventParser.Parse(octets);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                Assert.True(e is JsonException, $"seed {seed}, round {i}: {e}");
            }
        }
    }

    private static ParsedEvent Parse(string body) => EventParser.Parse(Encoding.UTF8.GetBytes(body));
}
