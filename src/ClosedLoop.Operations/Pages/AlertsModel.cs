using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Notices;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Pages;

/// <summary>What raises alarms, what is wrong now, and whom that was told.</summary>
/// <param name="Rules">What is watched.</param>
/// <param name="IntervalSeconds">Seconds between two looks.</param>
/// <param name="Alarms">What is wrong now.</param>
/// <param name="Notes">What was put off.</param>
/// <param name="Checks">Newest run of each check.</param>
/// <param name="Ways">Clients and whom their alarms go to.</param>
/// <param name="Mail">Mail to people, newest first.</param>
/// <param name="Next">Where the next page begins.</param>
/// <param name="Before">Where this page begins.</param>
public sealed record AlertsModel(
    IReadOnlyList<AlertRule> Rules, double IntervalSeconds, IReadOnlyList<Alarm> Alarms, IReadOnlyList<AlarmNote> Notes, IReadOnlyList<CheckRun> Checks, IReadOnlyList<(string Key, IReadOnlyList<string> To)> Ways,
    IReadOnlyList<NoticeLine> Mail, long? Next, long? Before);
