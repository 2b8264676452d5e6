using ClosedLoop.Mail.Bounces;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Silo.Simulation;

namespace ClosedLoop.Silo.Tests.Simulation;

public sealed class ReturnedTextTests
{
    private static readonly SinkRecord Mail = new()
    {
        N = 7,
        At = DateTime.UnixEpoch,
        From = "token@bounce.example.org",
        To = ["reader.1.x@example.org"],
        MessageId = "<71.1@news.example.org>",
        Subject = "Grüße",
        Bytes = 1,
        Session = 1,
    };

    [Fact]
    public void The_service_sorts_each_as_what_it_is()
    {
        var wrong = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            foreach (var (deed, kind) in new[] { (Deed.HardBounce, ReturnedMailKind.Bounce), (Deed.SoftBounce, ReturnedMailKind.Bounce), (Deed.OutOfOffice, ReturnedMailKind.AutoReply), (Deed.Complaint, ReturnedMailKind.Complaint), (Deed.Reply, ReturnedMailKind.HumanReply) })
            {
                var read = Read(deed, i);
                if (read.Kind != kind) wrong.Add($"{deed} {i} is read as {read.Kind}");
                if (deed == Deed.SoftBounce && read.Recipients[0].IsHard) wrong.Add($"{deed} {i} is read as hard");
            }
        }

        Assert.Empty(wrong);
    }

    private static ReturnedMail Read(Deed deed, int index) => ReturnedMailReader.Read(ReturnedText.Of(deed, index, Mail), new MimeLimits());
}
