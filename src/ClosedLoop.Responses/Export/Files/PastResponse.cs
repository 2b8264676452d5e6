using System.Runtime.InteropServices;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>A response of the recipient; what a person has overruled counts until then.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PastResponse(long Recorded, ResponseCategory Category, long Overruled);
