using ClosedLoop.Data.Inbound;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>What came back.</summary>
public sealed record ResponsesModel(IReadOnlyList<DayCounts> Days, IReadOnlyList<ResponseLine> Latest, IReadOnlyList<InboundMail> Unmatched);
