using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Responses.Export;

namespace ClosedLoop.Responses.Tests.Export;

public class ExportScheduleTests
{
    [Theory]
    [InlineData("UTC", "02:00", "2026-03-02 01:59:59", "2026-03-02 02:00:00")]
    [InlineData("UTC", "02:00", "2026-03-02 02:00:00", "2026-03-03 02:00:00")]
    [InlineData("Europe/Berlin", "02:00", "2026-03-02 00:00:00", "2026-03-02 01:00:00")]
    [InlineData("Asia/Tokyo", "02:00", "2026-03-02 16:59:59", "2026-03-02 17:00:00")]
    [InlineData("Pacific/Kiritimati", "00:00", "2026-03-02 10:00:00", "2026-03-03 10:00:00")]

    // The clock jumps from 02:00 to 03:00 on 29 March: the moment of the jump stands for all of the missing hour.
    [InlineData("Europe/Berlin", "02:00", "2026-03-28 12:00:00", "2026-03-29 01:00:00")]
    [InlineData("Europe/Berlin", "02:30", "2026-03-28 12:00:00", "2026-03-29 01:00:00")]
    [InlineData("Europe/Berlin", "02:30", "2026-03-29 01:00:00", "2026-03-30 00:30:00")]

    // 02:30 comes twice on 25 October: the first counts, the second does not.
    [InlineData("Europe/Berlin", "02:30", "2026-10-24 12:00:00", "2026-10-25 00:30:00")]
    [InlineData("Europe/Berlin", "02:30", "2026-10-25 00:30:00", "2026-10-26 01:30:00")]
    public void Next_cut_off(string zone, string time, string after, string expected)
    {
        var schedule = new ExportSchedule(new ExportSettings { TimeZone = zone, Time = TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal(Micro(expected), schedule.Next(Micro(after)));
    }

    [Theory]
    [InlineData("Europe/Berlin", "02:30")]
    [InlineData("America/New_York", "01:30")]
    [InlineData("America/Santiago", "00:00")]
    [InlineData("Australia/Lord_Howe", "02:15")]
    public void Year_has_one_cut_off_for_each_local_date(string zone, string time)
    {
        var settings = new ExportSettings { TimeZone = zone, Time = TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture) };
        var due = new ExportSchedule(settings).Due(Micro("2026-01-01 12:00:00"), Micro("2027-01-01 12:00:00"), 1000);
        Assert.Equal(365, due.Count);
        var tz = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Assert.Equal(365, due.Select(cut => TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(cut), tz).Date).Distinct().Count());
    }

    [Theory]

    // Every six hours from 02:00; the day of 23 hours ends one interval early, that of 25 has one more.
    [InlineData("UTC", 6, "2026-03-02 02:00:00", "02 08:00,02 14:00,02 20:00,03 02:00,03 08:00")]
    [InlineData("Europe/Berlin", 6, "2026-03-28 01:00:00", "28 07:00,28 13:00,28 19:00,29 01:00,29 07:00")]
    [InlineData("Europe/Berlin", 12, "2026-03-28 01:00:00", "28 13:00,29 01:00,29 13:00,30 00:00,30 12:00")]
    [InlineData("Europe/Berlin", 12, "2026-10-25 00:00:00", "25 12:00,26 00:00,26 01:00,26 13:00,27 01:00")]
    public void Shorter_intervals_are_counted_from_the_daily_cut_off(string zone, int hours, string after, string expected)
    {
        var schedule = new ExportSchedule(new ExportSettings { TimeZone = zone, Interval = TimeSpan.FromHours(hours) });
        var cuts = new List<long> { schedule.Next(Micro(after)) };
        while (cuts.Count < 5) cuts.Add(schedule.Next(cuts[^1]));
        Assert.Equal(expected, string.Join(',', cuts.Select(cut => Instants.FromMicroseconds(cut).ToString("dd HH:mm", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Only_the_newest_of_many_missed_cut_offs_are_due()
    {
        var due = new ExportSchedule(new ExportSettings()).Due(Micro("2026-01-01 12:00:00"), Micro("2026-03-01 12:00:00"), 2);
        Assert.Equal([Micro("2026-02-28 02:00:00"), Micro("2026-03-01 02:00:00")], due);
    }

    private static long Micro(string utc) => Instants.ToMicroseconds(ResponseDatabase.Instant(utc));
}
