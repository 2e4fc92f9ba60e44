// What the doors to requests have in common.
using Sisote.Consent.Storage;

namespace Sisote.Consent.Review.Requests;

/// <summary>Rows for showing, looks for the record, time, diagnostics.</summary>
internal sealed record RequestTools(LogSearch Rows, LogReads Reads, PackageWriter Writer, Database Database, TimeProvider Clock, ILogger<RequestTools> Log);
